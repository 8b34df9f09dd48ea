package dev.gatehouse.frontdoor.login;

import dev.gatehouse.cluster.LoginSettings.Method;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.PasswordCheck;
import dev.gatehouse.directory.Person;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.frontdoor.login.LoginName.Target;
import dev.gatehouse.mfa.CodeCheck;
import dev.gatehouse.name.Username;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection's attempt to log in: by which name, what has been proven, what may still be. Used
 * by one thread at a time.
 */
final class LoginAttempt {
  private static final Logger LOG = LoggerFactory.getLogger(LoginAttempt.class);

  /** Looked up in place of a malformed name, so that it takes as long. */
  private static final Username DECOY = new Username("_");

  /** What came of a proof. */
  sealed interface Outcome {
    /** The person is not let in by that. */
    record Useless() implements Outcome {}

    /** More must be proven. */
    record More() implements Outcome {}

    record Complete(LoginName name, Person person) implements Outcome {}
  }

  private final String login;
  private final Candidate candidate;
  private final LoginContext context;

  /** What anybody may try; until something is proven, nobody learns what is left for a person. */
  private OpenChains tryable;

  private OpenChains open;
  private final List<Proof> proofs = new ArrayList<>();
  private int failures;

  private LoginAttempt(String login, Candidate candidate, LoginContext context) {
    this.login = login;
    this.candidate = candidate;
    this.context = context;
    var address = candidate.from().getAddress();
    this.tryable = new OpenChains(context.settings().chainsAt(address));
    this.open =
        new OpenChains(
            candidate
                .person()
                .map(p -> context.settings().chainsFor(p.groups(), address))
                .orElse(List.of()));
  }

  /** Looks the person up, which may block. */
  static LoginAttempt begin(String login, InetSocketAddress from, LoginContext context) {
    var name = LoginName.parse(login);
    var lookup = lookUp(name.map(LoginName::username).orElse(DECOY), context.directory());
    return new LoginAttempt(
        login, new Candidate(name, name.isEmpty() ? masked(lookup) : lookup, from), context);
  }

  boolean isBy(String name) {
    return login.equals(name);
  }

  String login() {
    return login;
  }

  Candidate candidate() {
    return candidate;
  }

  List<Proof> proofs() {
    return List.copyOf(proofs);
  }

  boolean mayTry(Method method) {
    return tryable.begin(method);
  }

  /** The methods that the client is told. */
  String canContinue() {
    return tryable.names();
  }

  int failures() {
    return failures;
  }

  /** Counts a failure; answers whether it was one too many. */
  boolean failed() {
    return ++failures >= context.definition().get().limits().maxAuthTries();
  }

  /** Asks the directory, which may block; for who does not exist it takes as long. */
  PasswordCheck password(String password) {
    var username = candidate.name().map(LoginName::username).orElse(DECOY);
    var check = context.directory().password(username, password);
    return check instanceof PasswordCheck.Right
            && (candidate.unavailable() || candidate.person().isPresent())
        ? check
        : check instanceof PasswordCheck.Unavailable ? check : new PasswordCheck.Wrong();
  }

  /** Uses a code up. The store is asked about nobody but who has proven the rest. */
  CodeCheck code(String code) {
    return context.secondFactors().check(provenPerson().username(), code);
  }

  /** Whether all that keeps the person out is a second factor that they have never set up. */
  boolean mayEnrol() {
    return context.settings().enrolAtFirstLogin()
        && open.lacksOnlyTheCode()
        && context.secondFactors().status(provenPerson().username()).isEmpty();
  }

  /** A login that leads to setting up a second factor, and nowhere else. */
  Outcome.Complete toEnrol() {
    return new Outcome.Complete(
        new LoginName(provenPerson().username(), new Target.Enrolment()), provenPerson());
  }

  private Person provenPerson() {
    return candidate.person().orElseThrow();
  }

  Outcome proven(Proof proof) {
    var after = open.after(proof.method());
    var excused = proof.isSecondFactor() && context.settings().securityKeysAreSecondFactor();
    var left = excused ? after.withoutCode() : after;
    if (left.isUseless()) {
      return new Outcome.Useless();
    }
    proofs.add(proof);
    open = left;
    tryable = left;
    return left.isComplete()
        ? new Outcome.Complete(candidate.name().orElseThrow(), candidate.person().orElseThrow())
        : new Outcome.More();
  }

  private static PersonLookup lookUp(Username username, Directory directory) {
    try {
      var lookup = directory.person(username);
      if (lookup instanceof PersonLookup.Unavailable(var why)) {
        LOG.warn("[directory-unavailable] {} cannot log in now: {}", username, why);
      }
      return lookup;
    } catch (RuntimeException e) {
      LOG.error("[directory-broken] looking up {} failed", username, e);
      return new PersonLookup.Unavailable("broken");
    }
  }

  /** A malformed name is nobody's, whatever there is of the decoy. */
  private static PersonLookup masked(PersonLookup lookup) {
    return Optional.of(lookup)
        .filter(PersonLookup.Unavailable.class::isInstance)
        .orElseGet(PersonLookup.Unknown::new);
  }
}
