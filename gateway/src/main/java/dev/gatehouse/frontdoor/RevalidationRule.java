package dev.gatehouse.frontdoor;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.admission.Decision;
import dev.gatehouse.cluster.LoginSettings;
import dev.gatehouse.directory.Person;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.failure.Failure.Denied;
import dev.gatehouse.frontdoor.login.Login;
import dev.gatehouse.frontdoor.login.LoginName.Target;
import dev.gatehouse.frontdoor.login.Proof;
import dev.gatehouse.key.RevocationList;
import dev.gatehouse.workspace.WorkspaceInfo;
import java.util.List;
import java.util.Optional;

/**
 * Whether what let somebody in lets them in still: a decision from values alone. That a key or
 * certificate has expired since is no objection, as with sshd: it is about logging in.
 */
record RevalidationRule(LoginSettings settings, RevocationList revoked, Admission admission) {
  /**
   * Why the connection must end; empty if it may go on, also while nobody can say.
   *
   * @param now what the directory says of the person now
   * @param given whether the login has been given its workspace
   * @param workspaces the person's own
   */
  Optional<Denied> objection(
      Login login, PersonLookup now, boolean given, List<WorkspaceInfo> workspaces) {
    return switch (now) {
      case PersonLookup.Unavailable _ -> Optional.empty();
      case PersonLookup.Unknown() -> denied("account-removed", "your account has been removed");
      case PersonLookup.Found(var person) -> objection(login, person, given, workspaces);
    };
  }

  private Optional<Denied> objection(
      Login login, Person now, boolean given, List<WorkspaceInfo> workspaces) {
    if (now.disabled()) {
      return denied("account-disabled", "your account has been disabled");
    }
    if (now.uidNumber() != login.person().uidNumber()
        || now.gidNumber() != login.person().gidNumber()) {
      return denied("account-changed", "your uid or primary group has changed");
    }
    if (!login.proofs().stream().allMatch(proof -> holds(proof, now))) {
      return denied("key-withdrawn", "the key or certificate you logged in with is withdrawn");
    }
    if (!login.isEnough(settings, now)) {
      return denied("login-rule-changed", "you must now prove more, or something else, to log in");
    }
    if (admission.isAdministrator(login.person()) && !admission.isAdministrator(now)) {
      return denied("rights-changed", "you are no longer an administrator");
    }
    return given ? lostWorkspace(login, now, workspaces) : Optional.empty();
  }

  private boolean holds(Proof proof, Person now) {
    return switch (proof) {
      case Proof.Key(var key) -> now.keys().contains(key) && !revoked.revokes(key.key());
      case Proof.Certified(var certificate) ->
          settings.certificateAuthorities().contains(certificate.ca())
              && !revoked.revokes(certificate);
      case Proof.Password(), Proof.Code _ -> true;
    };
  }

  private Optional<Denied> lostWorkspace(Login login, Person now, List<WorkspaceInfo> workspaces) {
    return switch (login.name().target()) {
      case Target.Console(), Target.Enrolment() -> Optional.empty();
      case Target.Workspace(var name) ->
          admission.workspace(now, name, workspaces) instanceof Decision.Denied(var why)
              ? Optional.of(why)
              : Optional.empty();
    };
  }

  private static Optional<Denied> denied(String code, String message) {
    return Optional.of(new Denied(code, message));
  }
}
