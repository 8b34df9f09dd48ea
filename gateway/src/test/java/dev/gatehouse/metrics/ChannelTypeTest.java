package dev.gatehouse.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each name is a time series, and a client may ask for as many as it likes. */
final class ChannelTypeTest {
  @ParameterizedTest
  @CsvSource({
    "session, session",
    "session:exec, session",
    "direct-tcpip, direct-tcpip",
    "direct-streamlocal@openssh.com, direct-streamlocal",
    "agent-connection, agent",
    "x11-connection, x11",
    "tun@openssh.com, other",
    "'', other",
    "nobody-knows-12345, other"
  })
  void of_anyType_isOneOfAFew(String type, String name) {
    assertThat(ChannelType.of(type)).isEqualTo(name);
  }
}
