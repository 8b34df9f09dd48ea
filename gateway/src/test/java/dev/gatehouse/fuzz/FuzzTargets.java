package dev.gatehouse.fuzz;

import dev.gatehouse.frontdoor.limits.ProxyHeaderTarget;
import java.util.List;

/** Every parser of ours that reads what strangers or people write. */
final class FuzzTargets {
  private FuzzTargets() {}

  static List<FuzzTarget> all() {
    return List.of(
        new LoginNameTarget(),
        new ProxyHeaderTarget(),
        new AuthorizedKeyTarget(),
        new CertificateTarget(),
        new RevocationListTarget(),
        new AddressPatternsTarget(),
        new DefinitionTarget());
  }

  static FuzzTarget named(String name) {
    return all().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }
}
