package dev.gatehouse.relay;

import dev.gatehouse.testkit.PlainSshd;
import dev.gatehouse.testkit.Poll;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialerIT {
  @Test
  void close_connectionIsKept_endsIt(@TempDir Path keys) {
    var ca = UserCa.open(keys.resolve("user_ca_key"), InstantSource.system());
    try (var sshd = PlainSshd.trusting(ca.publicKey(), System.getProperty("user.name"))) {
      try (var dialer = new Dialer(ca)) {
        dialer.connections().prepare(sshd.endpoint());
        Poll.until("one is kept", () -> sshd.logins() == 1 && dialer.connections().count() == 1);
      }
      Poll.until("none is", () -> sshd.connectionCount() == 0);
    }
  }
}
