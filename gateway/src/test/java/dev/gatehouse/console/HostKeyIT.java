package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.key.TestKeys;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Host keys are printed as OpenSSH's own ssh-keygen prints them. */
final class HostKeyIT {
  private final ConsoleFixture fixture = new ConsoleFixture();
  @TempDir Path folder;

  private String keygen(String name, String... arguments) throws Exception {
    var program = Programs.require("ssh-keygen", "openssh-client").toString();
    var key = SshPublicKey.parse(TestKeys.line(name));
    fixture.gateway.hostKey(key);
    Files.writeString(folder.resolve("key.pub"), key.line() + " example.com\n");
    var result = Program.in(folder, List.of(program)).and(arguments).and("-f", "key.pub").run();
    assertThat(result.exit()).isZero();
    return result.stdout();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "rsab2048", "rsab4096", "ecdsab256", "ecdsab521"})
  void fingerprint_eachType_isAsSshKeygenPrintsIt(String name) throws Exception {
    assertThat(keygen(name, "-l")).isEqualTo(fixture.gate(ROOT, "hostkey fingerprint").out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "rsab2048", "rsab4096", "ecdsab256", "ecdsab521"})
  void sshfp_eachType_isTheOneOfSshKeygenWithSha256(String name) throws Exception {
    assertThat(keygen(name, "-r", "example.com").lines())
        .contains(fixture.gate(ROOT, "hostkey sshfp").out().strip());
  }
}
