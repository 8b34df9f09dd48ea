package dev.gatehouse.frontdoor;

import dev.gatehouse.cluster.AlgorithmProfile;
import dev.gatehouse.relay.Transport;
import dev.gatehouse.transport.Ciphers;
import java.util.List;
import java.util.stream.Stream;
import org.apache.sshd.server.SshServer;

/**
 * What the front door offers (RFC 4253, 7.1), by the names of RFCs and OpenSSH; docs/algorithms.md
 * says why. There is no compression, so no compression bomb.
 *
 * @param signatures for the host key and for the person's; ssh-rsa with SHA-1 is never among them
 */
record Algorithms(
    List<String> keyExchanges, List<String> ciphers, List<String> macs, List<String> signatures) {
  private static final List<String> ETM_MACS =
      List.of("hmac-sha2-512-etm@openssh.com", "hmac-sha2-256-etm@openssh.com");

  private static final List<String> OLD_MACS = List.of("hmac-sha2-256", "hmac-sha2-512");

  private static final List<String> OLD_KEY_EXCHANGES =
      List.of("ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521");

  private static final Algorithms MODERN =
      new Algorithms(
          List.of(
              "mlkem768x25519-sha256",
              "sntrup761x25519-sha512",
              "sntrup761x25519-sha512@openssh.com",
              "curve25519-sha256",
              "curve25519-sha256@libssh.org"),
          List.of(
              "aes128-gcm@openssh.com",
              "aes256-gcm@openssh.com",
              "chacha20-poly1305@openssh.com",
              "aes256-ctr",
              "aes128-ctr"),
          ETM_MACS,
          // Certificates first: who trusts an authority need not know the key.
          List.of(
              "ssh-ed25519-cert-v01@openssh.com",
              "rsa-sha2-512-cert-v01@openssh.com",
              "rsa-sha2-256-cert-v01@openssh.com",
              "ssh-ed25519",
              "sk-ssh-ed25519@openssh.com",
              "ecdsa-sha2-nistp256",
              "ecdsa-sha2-nistp384",
              "ecdsa-sha2-nistp521",
              "sk-ecdsa-sha2-nistp256@openssh.com",
              "rsa-sha2-512",
              "rsa-sha2-256"));

  private static final Algorithms COMPATIBLE =
      new Algorithms(
          and(MODERN.keyExchanges, OLD_KEY_EXCHANGES),
          MODERN.ciphers,
          and(ETM_MACS, OLD_MACS),
          MODERN.signatures);

  private static final Algorithms FIPS =
      new Algorithms(
          List.of(
              "mlkem768nistp256-sha256",
              "mlkem1024nistp384-sha384",
              "ecdh-sha2-nistp384",
              "ecdh-sha2-nistp256",
              "ecdh-sha2-nistp521"),
          List.of("aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr", "aes128-ctr"),
          ETM_MACS,
          List.of(
              "ecdsa-sha2-nistp384-cert-v01@openssh.com",
              "rsa-sha2-512-cert-v01@openssh.com",
              "rsa-sha2-256-cert-v01@openssh.com",
              "ecdsa-sha2-nistp384",
              "ecdsa-sha2-nistp256",
              "ecdsa-sha2-nistp521",
              "sk-ecdsa-sha2-nistp256@openssh.com",
              "rsa-sha2-512",
              "rsa-sha2-256"));

  static Algorithms of(AlgorithmProfile profile) {
    return switch (profile) {
      case MODERN -> MODERN;
      case COMPATIBLE -> COMPATIBLE;
      case FIPS -> FIPS;
    };
  }

  private static List<String> and(List<String> better, List<String> old) {
    return Stream.concat(better.stream(), old.stream()).toList();
  }

  void offerBy(SshServer server) {
    server.setKeyExchangeFactories(Transport.pick(server.getKeyExchangeFactories(), keyExchanges));
    server.setCipherFactories(
        Transport.pick(Ciphers.replaceIn(server.getCipherFactories()), ciphers));
    server.setMacFactories(Transport.pick(server.getMacFactories(), macs));
    server.setSignatureFactories(Transport.pick(server.getSignatureFactories(), signatures));
    server.setCompressionFactoriesNames("none");
  }
}
