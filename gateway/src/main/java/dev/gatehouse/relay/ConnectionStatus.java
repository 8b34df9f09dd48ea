package dev.gatehouse.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a connection is doing.
 *
 * @param bytesIn from the client since login, RFC 4254's messages
 * @param bytesOut to the client since login
 */
public record ConnectionStatus(long bytesIn, long bytesOut, List<ChannelStatus> channels) {
  /**
   * @param type {@code session:shell}, {@code direct-tcpip}, {@code direct-tcpip:app}, …; hostile
   * @param detail a command, {@code localhost:8888}, …; hostile
   * @param idle how long nothing has passed through it
   */
  public record ChannelStatus(String type, String detail, Instant since, Duration idle) {
    static final String APP = "direct-tcpip:app";

    /** Whether it leads past the workspace, to an app. */
    public boolean isToApp() {
      return type.equals(APP);
    }
  }
}
