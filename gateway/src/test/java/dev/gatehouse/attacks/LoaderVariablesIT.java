package dev.gatehouse.attacks;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.LocalTarget;
import dev.gatehouse.testkit.TargetFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * CVE-1999-0073 (telnetd passed LD_LIBRARY_PATH to login), Shellshock (CVE-2014-6271, over ssh by
 * TERM and LC_*), Looney Tunables (CVE-2023-4911, GLIBC_TUNABLES): a variable that the client sends
 * decides what the loader or the shell runs before the command. Where the gateway starts the
 * program itself, a local workspace, none of them gets there.
 */
final class LoaderVariablesIT {
  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(() -> LocalTarget.start("gateway: {port: 0}"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LD_PRELOAD",
        "LD_LIBRARY_PATH",
        "LD_AUDIT",
        "BASH_ENV",
        "ENV",
        "GLIBC_TUNABLES",
        "GCONV_PATH",
        "PATH",
        "HOME",
        "SHELL",
        "IFS",
        "PYTHONPATH",
        "NODE_OPTIONS",
        "SSH_AUTH_SOCK",
        "BASH_FUNC_ls%%"
      })
  void variable_thatSteersPrograms_isLeftOut(String name, Laptop laptop) {
    var result = laptop.openssh("-oSetEnv=" + name + "=/attacked", HOST, "env").run().ok();
    assertThat(result.stdout()).contains("LOGNAME=").doesNotContain("/attacked");
  }

  @Test
  void variable_thatIsAllowed_arrives(Laptop laptop) {
    var result = laptop.openssh("-oSetEnv=LC_ATTACK=/harmless", HOST, "env").run().ok();
    assertThat(result.stdout()).contains("LC_ATTACK=/harmless");
  }

  /** bash takes a value that begins so for a function, and an old one runs what follows it. */
  @Test
  void value_ofShellshock_isAValue(Laptop laptop) {
    var result =
        laptop
            .openssh("-oSetEnv=LC_X='() { :; }; echo attacked'", HOST, "bash -c 'echo fine'")
            .run()
            .ok();
    assertThat(result.stdout()).isEqualTo("fine\n");
  }
}
