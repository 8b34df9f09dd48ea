package dev.gatehouse.frontdoor;

import dev.gatehouse.cluster.AlgorithmProfile;
import dev.gatehouse.relay.Transport;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.server.SshServer;

/** What the front door offers (RFC 4253, 7.1), by the names of RFCs and OpenSSH. */
final class Algorithms {
  private static final List<String> KEY_EXCHANGES =
      List.of(
          "mlkem768x25519-sha256",
          "sntrup761x25519-sha512",
          "sntrup761x25519-sha512@openssh.com",
          "curve25519-sha256",
          "curve25519-sha256@libssh.org");

  private static final List<String> CIPHERS =
      List.of(
          "aes128-gcm@openssh.com",
          "aes256-gcm@openssh.com",
          "chacha20-poly1305@openssh.com",
          "aes256-ctr",
          "aes128-ctr");

  private static final List<String> MACS =
      List.of("hmac-sha2-512-etm@openssh.com", "hmac-sha2-256-etm@openssh.com");

  private static final List<String> OLD_MACS = List.of("hmac-sha2-256", "hmac-sha2-512");

  /** For the host key and for the person's; ssh-rsa with SHA-1 is not among them. */
  private static final List<String> SIGNATURES =
      List.of(
          "ssh-ed25519",
          "sk-ssh-ed25519@openssh.com",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521",
          "sk-ecdsa-sha2-nistp256@openssh.com",
          "rsa-sha2-512",
          "rsa-sha2-256");

  private Algorithms() {}

  static void offer(SshServer server, AlgorithmProfile profile) {
    server.setKeyExchangeFactories(Transport.pick(server.getKeyExchangeFactories(), KEY_EXCHANGES));
    server.setCipherFactories(Transport.pick(server.getCipherFactories(), CIPHERS));
    server.setMacFactories(Transport.pick(server.getMacFactories(), macs(profile)));
    server.setSignatureFactories(Transport.pick(server.getSignatureFactories(), SIGNATURES));
    server.setCompressionFactoriesNames("none");
  }

  private static List<String> macs(AlgorithmProfile profile) {
    var macs = new ArrayList<>(MACS);
    if (profile == AlgorithmProfile.COMPATIBLE) {
      macs.addAll(OLD_MACS);
    }
    return macs;
  }
}
