package dev.gatehouse.frontdoor.hostkeys;

import java.util.List;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.OpenSshCertificate;

/**
 * All host keys at one moment, the preferred ones first.
 *
 * @param current used in key exchanges
 * @param next announced and proven only
 * @param certificates of current keys
 */
record Ring(List<OwnKey> current, List<OwnKey> next, List<OpenSshCertificate> certificates) {
  Ring {
    current = List.copyOf(current);
    next = List.copyOf(next);
    certificates = List.copyOf(certificates);
  }

  Stream<OwnKey> all() {
    return Stream.concat(current.stream(), next.stream());
  }
}
