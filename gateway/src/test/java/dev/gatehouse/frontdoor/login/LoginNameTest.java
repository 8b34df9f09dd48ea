package dev.gatehouse.frontdoor.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.frontdoor.login.LoginName.Target;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginNameTest {
  @Test
  void parse_nameAlone_leadsToMain() {
    assertThat(LoginName.parse("alice"))
        .contains(new LoginName(new Username("alice"), new Target.Workspace(WorkspaceName.MAIN)));
  }

  @Test
  void parse_nameAndWorkspace_leadsThere() {
    assertThat(LoginName.parse("alice+gpu"))
        .contains(
            new LoginName(new Username("alice"), new Target.Workspace(new WorkspaceName("gpu"))));
  }

  @Test
  void parse_nameAndGate_leadsToTheConsole() {
    assertThat(LoginName.parse("alice+gate"))
        .contains(new LoginName(new Username("alice"), new Target.Console()));
  }

  /** As lists of connections show it. */
  @ParameterizedTest
  @CsvSource({"alice,workspace main", "alice+gpu,workspace gpu", "alice+gate,console"})
  void target_asText_isInWords(String name, String text) {
    assertThat(LoginName.parse(name).orElseThrow().target()).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "+gpu",
        "alice+",
        "ALICE",
        "Alice",
        "alice ",
        " alice",
        "alice+a/b",
        "alice+../b",
        "alice+gpu+gpu",
        "alice++gpu",
        "alice+Gate",
        "alice+gate ",
        "alice\n",
        "alice\0",
        "alice+\u001b]52;c;AAAA\u0007",
        "alice\u202e",
        "*)(uid=*",
        "alice)(uid=*",
        "*",
        "\\2a",
        "alice@host",
        "alice%gpu",
        "alice:gpu",
        "-oProxyCommand=x"
      })
  void parse_malformed_isNobody(String name) {
    assertThat(LoginName.parse(name)).isEmpty();
  }

  @Test
  void parse_aMegabyte_isNobody() {
    assertThat(LoginName.parse("a".repeat(1 << 20))).isEmpty();
    assertThat(LoginName.parse("alice+" + "a".repeat(1 << 20))).isEmpty();
  }
}
