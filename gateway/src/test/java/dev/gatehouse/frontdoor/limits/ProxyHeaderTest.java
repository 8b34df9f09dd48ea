package dev.gatehouse.frontdoor.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxyHeaderTest {
  private static final String V2 = "0d0a0d0a000d0a515549540a";
  private static final String TCP4 = V2 + "2111000cc0000201cb0071053039" + "08ae";

  private static ProxyHeader line(String text) {
    return ProxyHeader.parse(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static ProxyHeader hex(String digits) {
    return ProxyHeader.parse(HexFormat.of().parseHex(digits));
  }

  private static ProxyHeader proxied(String address, int port, int length) {
    return new ProxyHeader.Proxied(
        new InetSocketAddress(InetAddress.ofLiteral(address), port), length);
  }

  @Test
  void line_tcp_tellsTheClient() {
    var four = "PROXY TCP4 192.0.2.1 203.0.113.5 12345 22\r\n";
    assertThat(line(four + "SSH-2.0-x\r\n")).isEqualTo(proxied("192.0.2.1", 12345, four.length()));
    var six = "PROXY TCP6 2001:db8::1 2001:db8::2 1 22\r\n";
    assertThat(line(six)).isEqualTo(proxied("2001:db8::1", 1, six.length()));
  }

  /** HAProxy 2.6 with {@code bind :::22 v4v6} and send-proxy. */
  @Test
  void line_mappedAddress_isIpv4() {
    var mapped = "PROXY TCP6 ::ffff:192.0.2.1 ::ffff:203.0.113.5 56116 22\r\n";
    assertThat(line(mapped)).isEqualTo(proxied("192.0.2.1", 56116, mapped.length()));
  }

  @Test
  void line_unknown_isTheProxyItself() {
    assertThat(line("PROXY UNKNOWN\r\n")).isEqualTo(new ProxyHeader.Local(15));
    assertThat(line("PROXY UNKNOWN ffff::1 ffff::2 1 2\r\nSSH"))
        .isEqualTo(new ProxyHeader.Local(35));
  }

  @Test
  void anyPrefix_isIncomplete() {
    var text = "PROXY TCP4 192.0.2.1 203.0.113.5 12345 22\r\n";
    for (var i = 0; i < text.length(); i++) {
      assertThat(line(text.substring(0, i))).isEqualTo(new ProxyHeader.Incomplete());
    }
    for (var i = 0; i < TCP4.length(); i += 2) {
      assertThat(hex(TCP4.substring(0, i))).isEqualTo(new ProxyHeader.Incomplete());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.9\r\n",
        "PROXX",
        "proxy TCP4 192.0.2.1 203.0.113.5 1 22\r\n",
        "PROXY TCP4 192.0.2.1 203.0.113.5 1\r\n",
        "PROXY TCP4  192.0.2.1 203.0.113.5 1 22\r\n",
        "PROXY TCP4 192.0.2.256 203.0.113.5 1 22\r\n",
        "PROXY TCP4 192.0.513 203.0.113.5 1 22\r\n",
        "PROXY TCP4 010.0.2.1 203.0.113.5 1 22\r\n",
        "PROXY TCP4 ::ffff:192.0.2.1 203.0.113.5 1 22\r\n",
        "PROXY TCP4 3221225985 203.0.113.5 1 22\r\n",
        "PROXY TCP4 ::1 203.0.113.5 1 22\r\n",
        "PROXY TCP6 192.0.2.1 ::1 1 22\r\n",
        "PROXY TCP4 192.0.2.1 203.0.113.5 65536 22\r\n",
        "PROXY TCP4 192.0.2.1 203.0.113.5 01 22\r\n",
        "PROXY TCP4 localhost 203.0.113.5 1 22\r\n",
        "PROXY UDP4 192.0.2.1 203.0.113.5 1 22\r\n",
        "PROXY UNKNOWNX\r\n"
      })
  void line_malformed_isNone(String text) {
    assertThat(line(text)).isInstanceOf(ProxyHeader.Malformed.class);
  }

  @Test
  void line_withoutEnd_isCutOffAt107() {
    assertThat(line("PROXY " + "a".repeat(101))).isInstanceOf(ProxyHeader.Malformed.class);
  }

  @Test
  void binary_tcp_tellsTheClient() {
    assertThat(hex(TCP4)).isEqualTo(proxied("192.0.2.1", 12345, 28));
    assertThat(hex(V2 + "21210024" + "20010db8000000000000000000000001".repeat(2) + "00010016"))
        .isEqualTo(proxied("2001:db8::1", 1, 52));
  }

  @Test
  void binary_localUnixAndUnspecified_areTheProxyItself() {
    assertThat(hex(V2 + "20000000")).isEqualTo(new ProxyHeader.Local(16));
    assertThat(hex(V2 + "21000000")).isEqualTo(new ProxyHeader.Local(16));
    assertThat(hex(V2 + "21310001ff")).isEqualTo(new ProxyHeader.Local(17));
  }

  @Test
  void binary_mappedAddress_isIpv4() {
    assertThat(hex(V2 + "21210024" + "00000000000000000000ffffc0000201".repeat(2) + "00010016"))
        .isEqualTo(proxied("192.0.2.1", 1, 52));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        V2 + "31110000", // version 3
        V2 + "2211000cc0000201cb007105303900ff", // command 2
        V2 + "2111000bc0000201cb0071053039ff", // too short
        V2 + "2111ffff", // too long
        V2 + "2111000fc0000201cb007105303908ae040005", // a TLV that runs over
        V2 + "2111000ec0000201cb007105303908ae0400" // half a TLV
      })
  void binary_malformed_isNone(String digits) {
    assertThat(hex(digits)).isInstanceOf(ProxyHeader.Malformed.class);
  }

  @Test
  void binary_checksum_isChecked() {
    var header =
        HexFormat.of().parseHex(V2 + "21110013c0000201cb007105303908ae" + "03000400000000");
    var crc = new CRC32C();
    crc.update(header);
    var right = Arrays.copyOf(header, header.length);
    ByteBuffer.wrap(right).putInt(header.length - 4, (int) crc.getValue());
    assertThat(ProxyHeader.parse(right)).isEqualTo(proxied("192.0.2.1", 12345, header.length));
    right[header.length - 1]++;
    assertThat(ProxyHeader.parse(right)).isInstanceOf(ProxyHeader.Malformed.class);
  }
}
