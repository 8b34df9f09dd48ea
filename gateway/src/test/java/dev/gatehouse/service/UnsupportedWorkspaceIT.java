package dev.gatehouse.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.failure.FailureException;
import dev.gatehouse.relay.Dialer;
import dev.gatehouse.relay.UserCa;
import dev.gatehouse.testkit.PlainSshd;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workspace that was started by a Gatehouse without services: an sshd without the subsystem. */
class UnsupportedWorkspaceIT {
  @Test
  void request_sshdWithoutTheSubsystem_isToldWhatToDo(@TempDir Path keys) {
    var ca = UserCa.open(keys.resolve("user_ca_key"), InstantSource.system());
    try (var sshd = PlainSshd.trusting(ca.publicKey(), System.getProperty("user.name"));
        var dialer = new Dialer(ca)) {
      var services = new WorkspaceServices(dialer, InstantSource.system());

      var failure =
          catchThrowableOfType(FailureException.class, () -> services.states(sshd.endpoint()));

      assertThat(failure.failure().code()).isEqualTo("service-unsupported");
      assertThat(failure.failure().message()).contains("gate workspace stop, then connect again");
    }
  }
}
