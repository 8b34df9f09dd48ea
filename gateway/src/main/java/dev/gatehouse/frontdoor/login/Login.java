package dev.gatehouse.frontdoor.login;

import dev.gatehouse.cluster.LoginSettings;
import dev.gatehouse.cluster.LoginSettings.Chain;
import dev.gatehouse.directory.Person;
import dev.gatehouse.frontdoor.login.LoginName.Target;
import dev.gatehouse.key.Restrictions;
import dev.gatehouse.workspace.WorkspaceId;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.AttributeRepository.AttributeKey;

/**
 * Somebody who has proven who they are.
 *
 * @param person as the directory knew them then
 * @param proofs in the order in which they were given
 * @param client the client's identification string; hostile
 */
public record Login(
    LoginName name,
    Person person,
    InetSocketAddress from,
    List<Proof> proofs,
    String client,
    Instant at) {
  /** Where it is found once the ssh-connection service begins. */
  public static final AttributeKey<Login> KEY = new AttributeKey<>();

  /** Where it leads, unless that is the console. */
  public Optional<WorkspaceId> workspace() {
    return switch (name.target()) {
      case Target.Workspace(var workspace) ->
          Optional.of(new WorkspaceId(person.username(), workspace));
      case Target.Console(), Target.Enrolment() -> Optional.empty();
    };
  }

  /**
   * Whether these settings let it in, as it was proven.
   *
   * @param now the person, as the directory knows them now
   */
  public boolean isEnough(LoginSettings settings, Person now) {
    return settings.chainsFor(now.groups(), from.getAddress()).stream()
        .map(chain -> owesNoCode(settings) ? chain.withoutCode() : chain)
        .anyMatch(chain()::equals);
  }

  private boolean owesNoCode(LoginSettings settings) {
    return name.target() instanceof Target.Enrolment
        || (settings.securityKeysAreSecondFactor()
            && proofs.stream().anyMatch(Proof::isSecondFactor));
  }

  /** There is one key in a chain at most, and nothing else restricts. */
  public Restrictions restrictions() {
    return proofs.stream()
        .map(Proof::restrictions)
        .filter(r -> !r.equals(Restrictions.NONE))
        .findFirst()
        .orElse(Restrictions.NONE);
  }

  /** What was proven, as a chain of methods. */
  public Chain chain() {
    return new Chain(proofs.stream().map(Proof::method).toList());
  }
}
