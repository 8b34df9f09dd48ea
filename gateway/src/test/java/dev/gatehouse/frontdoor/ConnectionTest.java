package dev.gatehouse.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.relay.ConnectionStatus.ChannelStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps a workspace from being stopped as one that nobody uses. */
final class ConnectionTest {
  @ParameterizedTest
  @CsvSource({
    "session:shell, '', 3600, true",
    "session:exec, gate status, 0, false",
    "direct-tcpip, localhost:8888, 1, true",
    "direct-tcpip, localhost:8888, 60, false",
    "direct-tcpip:app, ldap-ui:80, 0, false",
  })
  void isWork_channel_isAsItIsUsed(String type, String detail, int idle, boolean work) {
    var channel = new ChannelStatus(type, detail, Instant.EPOCH, Duration.ofSeconds(idle));
    assertThat(Connection.isWork(channel, Duration.ofSeconds(30))).isEqualTo(work);
  }
}
