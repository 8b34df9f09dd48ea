package dev.gatehouse.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.failure.UserError;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CidrTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.0/24",
    "192.0.2.255/24, 192.0.2.0/24",
    "192.0.2.7, 192.0.2.7/32",
    "255.255.255.255/1, 128.0.0.0/1",
    "255.255.255.255/0, 0.0.0.0/0",
    "10.255.255.255/9, 10.128.0.0/9",
    "2001:db8::1/32, 2001:db8:0:0:0:0:0:0/32",
    "2001:DB8::1, 2001:db8:0:0:0:0:0:1/128",
    "ffff::/0, 0:0:0:0:0:0:0:0/0",
    "::ffff:192.0.2.7, 192.0.2.7/32",
    "::ffff:c000:207/32, 192.0.2.7/32",
    "fd00:ec2::254/127, fd00:ec2:0:0:0:0:0:254/127"
  })
  void parse_network_isItsFirstAddress(String text, String expected) {
    assertThat(Cidr.parse(text)).hasToString(expected).isEqualTo(Cidr.parse(expected));
  }

  /** 10.1, 2130706433 and 0177.0.0.1 are addresses to some programs, and other ones to others. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/8",
        "10",
        "10.1",
        "10.1.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.-4",
        "1.2.3.4.",
        " 1.2.3.4",
        "1.2.3.4 ",
        "1.2.3.4\n",
        "1.2.3.4\0",
        "１.2.3.4",
        "localhost",
        "a.b.c.d",
        "*",
        "1.2.3.*",
        ":",
        ":::",
        "::1::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "[::1]",
        "fe80::1%eth0",
        "::ffff:1.2.3.256",
        "::1.2:3",
        "::.1",
        "192.0.2.0/33",
        "192.0.2.0/-1",
        "192.0.2.0/+8",
        "192.0.2.0/08",
        "192.0.2.0/ 8",
        "192.0.2.0/8 ",
        "192.0.2.0/",
        "192.0.2.0/8/8",
        "192.0.2.0/255.255.255.0",
        "192.0.2.0/99999999999",
        "2001:db8::/129",
        "::ffff:192.0.2.0/96"
      })
  void parse_somethingElse_isRefused(String text) {
    assertThatThrownBy(() -> Cidr.parse(text))
        .isInstanceOf(UserError.class)
        .hasMessageMatching("'[ -~…]*' is not [ -~]*");
  }

  /** inet_aton(3) reads 010 as 8: whoever compares must not read one where another reads two. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "010.0.0.1",
        "127.0.0.01",
        "0177.0.0.1",
        "00.0.0.0",
        "1.2.3.000",
        "::ffff:127.0.0.01"
      })
  void parse_leadingZero_isRefused(String text) {
    assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(UserError.class);
  }

  @Test
  void parse_veryLongText_isRefusedInAShortLine() {
    var text = "1".repeat(1_000_000);
    assertThatThrownBy(() -> Cidr.parse(text))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.0, true",
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.0/24, 192.0.1.255, false",
    "192.0.2.0/24, ::ffff:192.0.2.9, true",
    "::ffff:192.0.2.0/24, 192.0.2.9, true",
    "192.0.2.0/25, 192.0.2.127, true",
    "192.0.2.0/25, 192.0.2.128, false",
    "0.0.0.0/0, 203.0.113.1, true",
    "0.0.0.0/0, ::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 203.0.113.1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false"
  })
  void contains_address_isAsItsBitsSay(String network, String address, boolean expected) {
    assertThat(Cidr.parse(network).contains(Cidr.address(address))).isEqualTo(expected);
  }

  /** Addresses of connections carry the name of their interface; lists of networks do not. */
  @Test
  void contains_linkLocalAddressWithAScope_isByItsBits() throws UnknownHostException {
    var scoped = Inet6Address.getByAddress(null, Cidr.address("fe80::1").getAddress(), 1);
    assertThat(Cidr.parse("fe80::/10").contains(scoped)).isTrue();
    assertThat(Cidr.parse("fe80::1").contains(scoped)).isTrue();
    assertThat(Cidr.around(scoped, 64)).isEqualTo(Cidr.parse("fe80::/64"));
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.7, -1", "192.0.2.7, 33", "2001:db8::1, 129"})
  void around_moreBitsThanThereAre_isRefused(String address, int prefix) {
    assertThatThrownBy(() -> Cidr.around(Cidr.address(address), prefix))
        .isInstanceOf(UserError.class);
  }

  @Test
  void around_address_isItsNetwork() throws UnknownHostException {
    assertThat(Cidr.around(InetAddress.getByName("192.0.2.200"), 25))
        .isEqualTo(Cidr.parse("192.0.2.128/25"));
  }
}
