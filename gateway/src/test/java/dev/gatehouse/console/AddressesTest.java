package dev.gatehouse.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.net.Cidr;
import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressesTest {
  /** RFC 5952, 4. */
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "2001:0DB8:0:0:0:0:2:1, 2001:db8::2:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "fe80:1:2:3:4:5:6:0, fe80:1:2:3:4:5:6:0",
    "2001:db8:0:0:0:0:0:0, 2001:db8::",
  })
  void text_address_isShortest(String written, String shown) {
    assertThat(Addresses.text(InetAddress.ofLiteral(written))).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.0/24", "192.0.2.7", "2001:db8::/32", "::1"})
  void text_network_isAsItWasWritten(String network) {
    assertThat(Addresses.text(Cidr.parse(network))).isEqualTo(network);
  }
}
