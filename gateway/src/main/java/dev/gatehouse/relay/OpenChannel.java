package dev.gatehouse.relay;

import dev.gatehouse.cluster.Limits;
import java.time.Duration;
import java.time.Instant;

/** A channel in the table, and what is known of its use. Guarded by the relay's lock. */
final class OpenChannel {
  /** For who looks at it, the beginning is enough. */
  private static final int MAX_SHOWN = 200;

  private final Instant since = Instant.now();
  private Channel channel;
  private String type;
  private String detail;
  private long lastUsed = System.nanoTime();
  private long charged;

  OpenChannel(Channel channel, String type, String detail) {
    this.channel = channel;
    this.type = shown(type);
    this.detail = shown(detail);
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
    detail = shown(what);
  }

  /** It makes the gateway keep so much. */
  void charge(long bytes) {
    charged += bytes;
  }

  /** Answers what was kept until now, and is no more. */
  long discharge() {
    var was = charged;
    charged = 0;
    return was;
  }

  void used() {
    lastUsed = System.nanoTime();
  }

  boolean isSession() {
    return type.startsWith("session");
  }

  ConnectionStatus.ChannelStatus status() {
    return new ConnectionStatus.ChannelStatus(
        type, detail, since, Duration.ofNanos(System.nanoTime() - lastUsed));
  }

  /** Whether nothing has passed for longer than it may. */
  boolean isTimedOut(Limits limits) {
    return limits
        .channelTimeout()
        .of(timeoutName())
        .map(Duration::toNanos)
        .filter(most -> System.nanoTime() - lastUsed > most)
        .isPresent();
  }

  /** When something passed last, by {@link System#nanoTime}. */
  long lastUsed() {
    return lastUsed;
  }

  /** As sshd_config(5), ChannelTimeout, has it: a subsystem's name belongs to it. */
  private String timeoutName() {
    return type.equals("session:subsystem") ? type + ":" + detail : type;
  }

  private static String shown(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }
}
