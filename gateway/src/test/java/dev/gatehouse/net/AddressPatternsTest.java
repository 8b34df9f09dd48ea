package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.failure.UserError;
import java.net.Inet6Address;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressPatternsTest {
  private static boolean match(String patterns, String address) {
    return AddressPatterns.parse(patterns).match(Cidr.address(address));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.7                | 192.0.2.7        | true",
        "192.0.2.7                | 192.0.2.77       | false",
        "192.0.2.0/24             | 192.0.2.77       | true",
        "192.0.2.0/24             | 192.0.3.77       | false",
        "192.0.2.0/24,10.0.0.0/8  | 10.1.2.3         | true",
        "192.0.2.0/24, 10.0.0.0/8 | 10.1.2.3         | true",
        "192.0.2.*                | 192.0.2.7        | true",
        "192.0.2.*                | 192.0.20.7       | false",
        "192.0.2.?                | 192.0.2.7        | true",
        "192.0.2.?                | 192.0.2.77       | false",
        "192.0.2.??               | 192.0.2.77       | true",
        "*                        | 203.0.113.1      | true",
        "*                        | 2001:db8::1      | true",
        "*.7                      | 192.0.2.7        | true",
        "1*2*3                    | 192.0.2.3        | true",
        "1*2*3                    | 192.0.2.33       | true",
        "1*2*3                    | 192.0.2.34       | false",
        "2001:db8::/32            | 2001:db8:5::1    | true",
        "2001:DB8::1              | 2001:db8::1      | true",
        "2001:DB8:*               | 2001:db8::1      | true",
        "::ffff:192.0.2.7         | 192.0.2.7        | true",
        "192.0.2.7                | ::ffff:192.0.2.7 | true",
        "192.0.2.0/24             | ::ffff:192.0.2.7 | true",
        "2001:db8::*              | 2001:db8::1      | true",
        "2001:db8::*              | 2001:db8:0:1::1  | false",
        "2001:db8::?              | 2001:db8::a      | true",
        "2001:db8:0:1:0:2:0:*     | 2001:db8:0:1:0:2:0:3 | true",
        "1::*:0:*                 | 1:0:0:2:0:0:0:3  | false",
        "1:0:0:2::*               | 1:0:0:2:0:0:0:3  | true",
        "1::2:*                   | 1:0:0:2:3:0:0:4  | true",
        "::*                      | ::1              | true",
        "*::                      | fe80::           | true",
        "::1                      | 127.0.0.1        | false"
      })
  void match_pattern_isAsItSays(String patterns, String address, boolean expected) {
    assertThat(match(patterns, address)).isEqualTo(expected);
  }

  /** ssh_config(5): a negated pattern never matches by itself, and wins wherever it stands. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!192.0.2.7                | 192.0.2.7 | false",
        "!192.0.2.7                | 192.0.2.8 | false",
        "192.0.2.0/24,!192.0.2.7   | 192.0.2.7 | false",
        "!192.0.2.7,192.0.2.0/24   | 192.0.2.7 | false",
        "!192.0.2.7,192.0.2.0/24   | 192.0.2.8 | true",
        "*,!192.0.2.0/24           | 192.0.2.8 | false",
        "*,!192.0.2.0/24           | 192.0.3.8 | true",
        "*,!192.0.2.?              | 192.0.2.8 | false"
      })
  void match_negated_wins(String patterns, String address, boolean expected) {
    assertThat(match(patterns, address)).isEqualTo(expected);
  }

  /** No name is looked up, not even one that is an address to other programs. */
  @ParameterizedTest
  @ValueSource(strings = {"localhost", "0x7f000001", "example.com", "a*"})
  void match_whatIsNoAddress_matchesNothing(String patterns) {
    assertThat(match(patterns, "127.0.0.1")).isFalse();
  }

  @Test
  void match_linkLocalAddressWithAScope_isByItsBits() throws UnknownHostException {
    var scoped = Inet6Address.getByAddress(null, Cidr.address("fe80::1").getAddress(), 1);
    assertThat(AddressPatterns.parse("fe80::1").match(scoped)).isTrue();
    assertThat(AddressPatterns.parse("fe80::/10").match(scoped)).isTrue();
    assertThat(AddressPatterns.parse("*,!fe80:*:1").match(scoped)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "192.0.2.7,",
        ",192.0.2.7",
        "!",
        "!!192.0.2.7",
        "192.0.2.0/33",
        "!192.0.2.0/33",
        "192.0.2.*/24",
        "example.com/24",
        "192.0.2.7 192.0.2.8",
        "192.0.2.7;192.0.2.8",
        "@cert",
        "\u001B[2J",
        "192.0.2.7\n,",
        "010.0.0.1",
        "!010.0.0.1",
        "127.1",
        "2130706433",
        "192.0.2.256",
        "1:2:3",
        "fe80::1%eth0"
      })
  void parse_malformed_isRefusedInPrintableWords(String patterns) {
    assertThatThrownBy(() -> AddressPatterns.parse(patterns))
        .isInstanceOf(UserError.class)
        .hasMessageMatching("[ -~…]+");
  }

  @Test
  void parse_tooManyPatterns_isRefused() {
    var patterns =
        IntStream.range(0, 257)
            .mapToObj(i -> "10.0.0.%d".formatted(i))
            .collect(Collectors.joining(","));
    assertThatThrownBy(() -> AddressPatterns.parse(patterns))
        .hasMessage("more than 256 address patterns");
  }

  /** A matcher that tries every split of the text at every star would take years for this. */
  @Test
  void match_pathologicalPatterns_takeNoTime() {
    var stars = "*".repeat(255);
    var pairs = "*1".repeat(120) + "x";
    var patterns = String.join(",", Collections.nCopies(200, stars + "," + pairs).subList(0, 100));
    var list = AddressPatterns.parse("!" + pairs + "," + patterns);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(2),
        () -> {
          for (var i = 0; i < 1000; i++) {
            assertThat(list.match(Cidr.address("1111:1111:1111:1111:1111:1111:1111:1111")))
                .isTrue();
          }
        });
  }
}
