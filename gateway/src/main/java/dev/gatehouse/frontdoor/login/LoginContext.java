package dev.gatehouse.frontdoor.login;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.LoginSettings;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.key.RevocationList;
import dev.gatehouse.key.SignatureAlgorithms;
import dev.gatehouse.mfa.SecondFactors;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.server.session.ServerSession;

/**
 * What logins depend on.
 *
 * @param definition the one in force
 * @param revoked what is revoked now
 */
public record LoginContext(
    Supplier<ClusterDefinition> definition,
    Directory directory,
    SecondFactors secondFactors,
    Supplier<RevocationList> revoked,
    AuthenticationListener authenticationListener,
    InstantSource clock) {

  LoginSettings settings() {
    return definition.get().login();
  }

  OfferedKeys keys(ServerSession session) {
    return new OfferedKeys(settings(), revoked.get(), algorithms(session), clock.instant());
  }

  /** Those that the front door offers. */
  static SignatureAlgorithms algorithms(ServerSession session) {
    return new SignatureAlgorithms(
        session.getSignatureFactories().stream()
            .map(NamedResource::getName)
            .collect(Collectors.toUnmodifiableSet()));
  }
}
