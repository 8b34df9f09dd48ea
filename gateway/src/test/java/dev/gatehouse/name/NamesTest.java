package dev.gatehouse.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The login name is the first thing that a stranger sends. Injection into LDAP filters, paths, logs
 * and terminals ends at the constructors of the names.
 */
final class NamesTest {
  static Stream<String> hostile() {
    return Stream.of(
        "",
        " ",
        "*",
        "*)(uid=*",
        "alice)(|(uid=*",
        "\\00",
        "alice\\2a",
        "alice\0",
        "alice\n",
        "alice\r\nroot",
        "alice ",
        " alice",
        "Alice",
        "ALICE",
        "älice",
        "аlice", // a Cyrillic a
        "alice\u202Egpj",
        "\u001B]52;c;cm9vdA==\u0007",
        "\u009B31m",
        "-rf",
        "../../etc/passwd",
        "alice/main",
        "alice@host",
        "alice,ou=people",
        "$(id)",
        "a".repeat(33),
        "a".repeat(1 << 20));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void new_hostileName_isRefused(String value) {
    assertRefused(Username::new, value);
    assertRefused(GroupName::new, value);
    assertRefused(WorkspaceName::new, value);
    assertRefused(MachineTypeName::new, value);
    assertRefused(AppName::new, value.repeat(value.length() == 33 ? 2 : 1));
  }

  private static void assertRefused(Function<String, ?> type, String value) {
    var error = catchThrowableOfType(UserError.class, () -> type.apply(value));
    assertThat(error).isNotNull();
    assertThat(error.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(error.text()).matches("[ -~…]*").hasSizeLessThan(250);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"alice", "a", "_backup", "j.doe", "x1-2_3", "abcdefghijabcdefghijabcdefghijab"})
  void new_posixName_isTaken(String value) {
    assertThat(new Username(value)).hasToString(value);
    assertThat(new GroupName(value)).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "a", "big-memory-2", "abcdefghijabcdefghijabcdefghijab"})
  void new_dnsLabel_isTaken(String value) {
    assertThat(new WorkspaceName(value)).hasToString(value);
    assertThat(new MachineTypeName(value)).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu-", "-gpu", "a.b", "a_b", "2gpu"})
  void new_notADnsLabel_isRefused(String value) {
    assertRefused(WorkspaceName::new, value);
    assertRefused(MachineTypeName::new, value);
  }
}
