package dev.gatehouse.relay;

import dev.gatehouse.cluster.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A channel in the table, and what is known of its use. Guarded by the relay's lock. */
final class OpenChannel {
  private final Instant since = Instant.now();
  private Channel channel;
  private String type;
  private String detail;
  private long lastUsed = System.nanoTime();

  OpenChannel(Channel channel, String type, String detail) {
    this.channel = channel;
    this.type = type;
    this.detail = detail;
  }

  Channel channel() {
    return channel;
  }

  /** A session is now something else. */
  void become(Channel next) {
    channel = next;
  }

  /**
   * A session has said what it is.
   *
   * @param kind as sshd_config(5), ChannelTimeout, has it
   */
  void describe(String kind, String what) {
    type = kind;
    detail = what;
  }

  void used() {
    lastUsed = System.nanoTime();
  }

  boolean isSession() {
    return type.startsWith("session");
  }

  ConnectionStatus.ChannelStatus status() {
    return new ConnectionStatus.ChannelStatus(type, detail, since);
  }

  /** Whether nothing has passed for longer than it may. */
  boolean isTimedOut(Limits limits) {
    return timeout(limits)
        .map(Duration::toNanos)
        .filter(most -> System.nanoTime() - lastUsed > most)
        .isPresent();
  }

  private Optional<Duration> timeout(Limits limits) {
    var timeouts = limits.channelTimeout();
    return Optional.ofNullable(timeouts.get(type))
        .or(() -> isSession() ? Optional.ofNullable(timeouts.get("session")) : Optional.empty())
        .or(() -> Optional.ofNullable(timeouts.get("*")));
  }
}
