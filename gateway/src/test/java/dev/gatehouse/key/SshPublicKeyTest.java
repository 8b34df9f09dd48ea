package dev.gatehouse.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.failure.UserError;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SshPublicKeyTest {
  /** The right column is what ssh-keygen -l prints. */
  @ParameterizedTest
  @CsvSource({
    "ed25519,   SHA256:ehnKGBRexCUR0uMu1t20gCHxZi0b2hBUaR0XodiOVN4",
    "ecdsab256, SHA256:uRcKgIsWDZlfjqryt+7NPzGXAScYqF7PQ8Q/2W9scrQ",
    "ecdsab521, SHA256:AmBeu5qFwZS/9NV9aGk/g/1Q+VNa85RTn7reQyzfQy8",
    "rsab4096,  SHA256:OCzgiAIZA212LxHpFbWpZ15yN6MkfBhq9vp0RZ9rnrs",
    "dsa,       SHA256:AD5RzlORgtxRxFShHhMyaFsQGrFHpgKQJTAHt/m77fc"
  })
  void fingerprint_realKey_isAsOpenSshSays(String name, String fingerprint) {
    assertThat(SshPublicKey.parse(TestKeys.line(name)).fingerprint()).isEqualTo(fingerprint);
  }

  @Test
  void parse_lineWithComment_isTheSameKeyAsWithout() {
    var key = SshPublicKey.parse(TestKeys.line("ed25519"));
    assertThat(SshPublicKey.parse(key.line())).isEqualTo(key);
    assertThat(SshPublicKey.parse("  " + key.line() + "\talice @ laptop ")).isEqualTo(key);
    assertThat(SshPublicKey.of(key.blob())).isEqualTo(key);
  }

  @Test
  void parse_base64WithoutPadding_isTheSameKey() {
    var key = SshPublicKey.parse(TestKeys.line("rsab2048"));
    assertThat(SshPublicKey.parse(key.line().replace("=", ""))).isEqualTo(key);
  }

  static Stream<String> malformed() {
    var ed25519 = base64(SshPublicKey.parse(TestKeys.line("ed25519")).blob());
    return Stream.of(
        "",
        " ",
        "ssh-ed25519",
        "ssh-ed25519 ",
        "ssh-ed25519 !!!!",
        "ssh-ed25519 AAAA",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5",
        "ssh-rsa " + ed25519,
        "SSH-ED25519 " + ed25519,
        ed25519,
        "from=\"10.0.0.1\" ssh-ed25519 " + ed25519,
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "ssh-ed25519 //////////8=",
        "x " + base64(TestKeys.blob("")),
        "x " + base64(TestKeys.blob("ssh-ed25519")),
        "x\u001B[2J " + base64(TestKeys.blob("x\u001B[2J", "")),
        "ssh-ed25519 " + "A".repeat(1 << 20));
  }

  private static String base64(byte[] blob) {
    return Base64.getEncoder().encodeToString(blob);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void parse_malformedLine_isRefusedInOnePlainLine(String line) {
    var error = catchThrowableOfType(UserError.class, () -> SshPublicKey.parse(line));
    assertThat(error).isNotNull();
    assertThat(error.text()).startsWith("not an SSH public key: ").matches("[ -~]*");
  }
}
