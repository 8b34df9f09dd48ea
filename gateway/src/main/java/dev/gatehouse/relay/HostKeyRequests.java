package dev.gatehouse.relay;

import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Announces the gateway's host keys and proves them: so OpenSSH's {@code UpdateHostKeys} learns new
 * ones and forgets old ones. Guarded by the relay's lock.
 */
final class HostKeyRequests {
  /**
   * Once for each of two kinds, current and next, and some: an RSA signature costs milliseconds.
   */
  private static final int MAX_PROOFS = 16;

  private static final int KEY = 1024;

  /** OpenSSH's compat.c names those that cannot bear the announcement (SSH_BUG_HOSTKEYS). */
  private static final List<String> CANNOT_BEAR_IT =
      List.of(
          "TeraTerm SSH",
          "TTSSH/1.5.",
          "TTSSH/2.1",
          "TTSSH/2.2",
          "TTSSH/2.3",
          "TTSSH/2.4",
          "TTSSH/2.5",
          "TTSSH/2.6",
          "TTSSH/2.70",
          "TTSSH/2.71",
          "TTSSH/2.72",
          "Cisco-1.");

  private final HostKeyProofs proofs;
  private final Peer client;
  private boolean announced;
  private int proven;

  HostKeyRequests(HostKeyProofs proofs, Peer client) {
    this.proofs = proofs;
    this.client = client;
  }

  /** Once a connection, since OpenSSH ends one that brings a second announcement. */
  void announce() {
    if (announced) {
      return;
    }
    announced = true;
    if (!bears(client.session().getClientVersion())) {
      return;
    }
    var keys = proofs.announced();
    var out = client.session().createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST, KEY * keys.size());
    out.putString("hostkeys-00@openssh.com");
    out.putBoolean(false);
    keys.forEach(key -> out.putBytes(key.blob()));
    client.send(out);
  }

  /** Answers the reply, empty if one of the keys is not ours or too many were asked for. */
  Optional<Buffer> prove(Buffer in) {
    var out = client.session().createBuffer(SshConstants.SSH_MSG_REQUEST_SUCCESS, KEY);
    while (in.available() > 0) {
      proven++;
      var signature =
          proven > MAX_PROOFS
              ? Optional.<byte[]>empty()
              : proofs.prove(in.getBytes(), client.session());
      if (signature.isEmpty()) {
        return Optional.empty();
      }
      out.putBytes(signature.get());
    }
    return Optional.of(out);
  }

  /** Whether a client of this version, such as SSH-2.0-OpenSSH_9.9, survives the announcement. */
  static boolean bears(@Nullable String version) {
    return version == null
        || CANNOT_BEAR_IT.stream().noneMatch(old -> version.startsWith("SSH-2.0-" + old));
  }
}
