package dev.gatehouse.mfa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TotpSecretTest {
  /** The ASCII string 12345678901234567890 of RFC 6238, Appendix B. */
  private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void code_timesOfTheRfc_isAsThere(long seconds, String code) {
    var secret = TotpSecret.ofBase32(SECRET);
    var when = Instant.ofEpochSecond(seconds);
    assertThat(secret.code(TotpSecret.stepAt(when), 8)).isEqualTo(code);
    assertThat(secret.codeAt(when)).isEqualTo(code.substring(2));
  }

  @Test
  void base32_anySecret_isReadBack() {
    var random = new SecureRandom();
    IntStream.range(0, 100)
        .mapToObj(_ -> TotpSecret.random(random).base32())
        .forEach(
            text -> {
              assertThat(text).matches("[A-Z2-7]{32}");
              assertThat(TotpSecret.ofBase32(text).base32()).isEqualTo(text);
            });
  }

  @Test
  void ofBase32_notASecret_isRefused() {
    for (var text : new String[] {"", "GEZDGNBV", SECRET.toLowerCase(java.util.Locale.ROOT)}) {
      assertThatThrownBy(() -> TotpSecret.ofBase32(text))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void uri_namesWithOtherCharacters_areEncoded() {
    assertThat(TotpSecret.ofBase32(SECRET).uri("a b:c", "alice"))
        .isEqualTo("otpauth://totp/a%20b%3Ac:alice?secret=" + SECRET + "&issuer=a%20b%3Ac");
  }

  @Test
  void toString_ofASecret_doesNotShowIt() {
    assertThat(TotpSecret.ofBase32(SECRET)).hasToString("a TOTP secret");
  }
}
