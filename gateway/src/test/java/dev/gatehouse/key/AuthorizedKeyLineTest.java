package dev.gatehouse.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.failure.UserError;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthorizedKeyLineTest {
  private static final String KEY = TestKeys.ed25519(1).line();

  private static AuthorizedKey parse(String options) {
    return AuthorizedKeyLine.parse(options + " " + KEY + " ada@laptop").key();
  }

  @Test
  void parse_keyAlone_hasNoConditions() {
    var line = AuthorizedKeyLine.parse("  " + KEY + "  ada's laptop ");
    assertThat(line.key()).isEqualTo(AuthorizedKey.plain(TestKeys.ed25519(1)));
    assertThat(line.comment()).isEqualTo("ada's laptop");
  }

  @Test
  void parse_restrictAndOneBack_isReadInOrder() {
    var read = parse("restrict,pty").restrictions();
    assertThat(read.pty()).isTrue();
    assertThat(read.portForwarding()).isFalse();
    assertThat(read.agentForwarding()).isFalse();
    assertThat(read.x11Forwarding()).isFalse();
    assertThat(parse("pty,restrict").restrictions().pty()).isFalse();
  }

  @Test
  void parse_command_mayHoldQuotesBlanksAndCommas() {
    assertThat(parse("command=\"echo \\\"a, b\\\" ; ls\",no-pty").restrictions())
        .satisfies(
            r -> {
              assertThat(r.forcedCommand()).contains("echo \"a, b\" ; ls");
              assertThat(r.pty()).isFalse();
            });
  }

  @Test
  void parse_from_isAPatternList() throws Exception {
    var from = parse("FROM=\"10.0.0.0/8,!10.1.0.0/16\"").from().orElseThrow();
    assertThat(from.match(InetAddress.ofLiteral("10.2.3.4"))).isTrue();
    assertThat(from.match(InetAddress.ofLiteral("10.1.3.4"))).isFalse();
    assertThat(from.match(InetAddress.ofLiteral("192.0.2.1"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "20261124, 2026-11-24T00:00:00Z",
    "20261124Z, 2026-11-24T00:00:00Z",
    "202611241530, 2026-11-24T15:30:00Z",
    "20261124153059Z, 2026-11-24T15:30:59Z"
  })
  void parse_expiryTime_isUtc(String written, Instant read) {
    assertThat(parse("expiry-time=\"%s\"".formatted(written)).expiry()).contains(read);
  }

  @Test
  void parse_permits_areKeptAsWritten() {
    var read =
        parse("permitopen=\"localhost:80\",permitopen=\"[::1]:*\",permitlisten=\"8080\"")
            .restrictions();
    assertThat(read.permitOpen()).contains(Set.of("localhost:80", "[::1]:*"));
    assertThat(read.permitListen()).contains(Set.of("8080"));
  }

  @Test
  void parse_securityKeyOptions_areRead() {
    assertThat(parse("no-touch-required").touchRequired()).isFalse();
    assertThat(parse("verify-required").verifyRequired()).isTrue();
  }

  /** A condition that is not understood must not be lost: the key is not taken at all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cert-authority",
        "principals=\"ada\"",
        "tunnel=\"0\"",
        "no-such-option",
        "from=10.0.0.1",
        "from=\"\"",
        "from=\"10.0.0.0/33\"",
        "command=\"a\",command=\"b\"",
        "command=\"unclosed",
        "expiry-time=\"soon\"",
        "expiry-time=\"20261324\"",
        "permitopen=\"localhost\"",
        "permitopen=\"a b:1\"",
        "pty,,restrict",
        ","
      })
  void parse_optionNotUnderstood_isRefused(String options) {
    assertThatThrownBy(() -> parse(options)).isInstanceOf(UserError.class);
  }

  @Test
  void parse_privateKey_isRefusedAndNotRepeated() {
    assertThatThrownBy(() -> AuthorizedKeyLine.parse("-----BEGIN OPENSSH PRIVATE KEY-----b3Blb"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("private key")
        .hasMessageNotContaining("b3Blb");
  }

  @Test
  void parse_twoLines_areRefused() {
    assertThatThrownBy(() -> AuthorizedKeyLine.parse(KEY + "\n" + KEY))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("one line");
  }
}
