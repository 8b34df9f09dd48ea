package dev.gatehouse.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawSsh;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * CVE-2018-10933 (libssh took USERAUTH_SUCCESS from a client) and CVE-2025-32433 (Erlang's server
 * opened channels and ran commands before authentication): a message of a later phase, sent before
 * or during the first key exchange. What comes after the key exchange is in RefusedLoginIT.
 */
final class MessagesBeforeLoginIT {
  @ParameterizedTest
  @ValueSource(ints = {5, 6, 50, 51, 52, 53, 60, 61, 80, 81, 90, 91, 93, 94, 96, 97, 98, 99, 192})
  void message_beforeAndDuringTheKeyExchange_opensNothing(int type) {
    try (var victim = Victim.start()) {
      for (var afterKexInit : new boolean[] {false, true}) {
        try (var ssh = RawSsh.identified(victim.port())) {
          if (afterKexInit) {
            ssh.packet(RawSsh.kexInit("curve25519-sha256", true));
          }
          var command = RawSsh.string("touch /tmp/owned");
          ssh.packet(
              RawSsh.message(
                  type, RawSsh.string("session"), new byte[12], RawSsh.string("exec"), command));
          ssh.packet(
              RawSsh.message(98, new byte[4], RawSsh.string("exec"), new byte[] {1}, command));
          // Its own KEXINIT, and perhaps that it disconnects or does not know.
          assertThat(ssh.readToEnd()).isSubsetOf(RawSsh.KEXINIT, 1, 3);
        }
      }
      victim.assertUnharmed();
    }
  }
}
