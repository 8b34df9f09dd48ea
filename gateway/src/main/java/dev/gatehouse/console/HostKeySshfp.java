package dev.gatehouse.console;

import dev.gatehouse.key.SshPublicKey;
import java.util.Base64;
import java.util.HexFormat;

/**
 * RFC 4255, RFC 6594 and RFC 7479; SHA-256 only, since SHA-1 fingerprints are of no use any more.
 */
final class HostKeySshfp implements Command {
  static final About ABOUT =
      new About(
          "hostkey sshfp",
          Access.ADMINISTRATOR,
          "Show the host keys as SSHFP records for the DNS",
          "hostkey sshfp");

  private static final String SHA256 = "SHA256:";

  @Override
  public void run(Call call) {
    var host = call.services().host();
    call.show(
        Table.of(call.services().hostKeys().all())
            .column("record", k -> Value.of(record(host, k.key())))
            .whole()
            .whenEmpty("There are none."));
  }

  static String record(String host, SshPublicKey key) {
    var hash = Base64.getDecoder().decode(key.fingerprint().substring(SHA256.length()));
    return "%s IN SSHFP %d 2 %s"
        .formatted(host, algorithm(key.type()), HexFormat.of().formatHex(hash));
  }

  private static int algorithm(String type) {
    return switch (type) {
      case "ssh-rsa" -> 1;
      case "ssh-ed25519" -> 4;
      default -> 3; // ECDSA
    };
  }
}
