package dev.gatehouse.cluster;

import dev.gatehouse.net.Cidr;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How much anybody may ask for. Names and meanings are those of sshd_config(5) where it has them.
 *
 * @param loginGraceTime how long a connection may take to log in
 * @param maxAuthTries after how many failures a connection is ended
 * @param maxSessions how many sessions one connection may have open
 * @param maxChannels how many channels one connection may have open, sessions included
 * @param connectionsPerPerson how many connections one person may have open
 * @param channelTimeout after how long without data a channel is closed
 * @param unusedConnectionTimeout after how long without any channel a connection is ended
 * @param maxPendingBytes how much may wait to be written to a client before reading from it stops;
 *     one that takes nothing for 30 s then is cut off
 */
public record Limits(
    Duration loginGraceTime,
    int maxAuthTries,
    MaxStartups maxStartups,
    int perSourceMaxStartups,
    NetBlockSize perSourceNetBlockSize,
    PerSourcePenalties perSourcePenalties,
    int maxSessions,
    int maxChannels,
    int connectionsPerPerson,
    ClientAlive clientAlive,
    ChannelTimeouts channelTimeout,
    Optional<Duration> unusedConnectionTimeout,
    RekeyLimit rekeyLimit,
    long maxPendingBytes,
    Requests requests) {

  /**
   * From {@code start} connections that have not logged in on, a new one is refused with {@code
   * rate} percent probability, growing to all at {@code full}.
   */
  public record MaxStartups(int start, int rate, int full) {}

  /** How many bits of an address make one source. */
  public record NetBlockSize(int ipv4, int ipv6) {}

  /**
   * What a source is made to wait for after a connection that ended so.
   *
   * @param min what must have gathered before it counts
   * @param max the most that gathers
   * @param maxSources how many sources are remembered; the one with the least left is forgotten
   * @param exempt who is never made to wait
   */
  public record PerSourcePenalties(
      boolean enabled,
      Duration authFail,
      Duration noAuth,
      Duration graceExceeded,
      Duration invalid,
      Duration refuseConnection,
      Duration min,
      Duration max,
      int maxSources,
      List<Cidr> exempt) {}

  /**
   * @param interval how long without a word from the client until it is asked for one; zero never
   * @param countMax how many times without an answer until it is cut off
   */
  public record ClientAlive(Duration interval, int countMax) {}

  /** After how much, in either direction, and after how long keys are exchanged again. */
  public record RekeyLimit(long bytes, Duration time) {}

  /**
   * What a session may ask for before it starts.
   *
   * @param maxEnvironment how many variables; more are refused
   * @param maxEnvironmentBytes how long a variable may be, name and value
   * @param maxCommandBytes how long the command of an exec may be
   * @param maxRequests how many channel requests may wait for a workspace that starts
   */
  public record Requests(
      int maxEnvironment, int maxEnvironmentBytes, int maxCommandBytes, int maxRequests) {}

  /** For a server on the internet. */
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofMinutes(1),
          6,
          new MaxStartups(100, 30, 400),
          64,
          new NetBlockSize(32, 64),
          new PerSourcePenalties(
              true,
              Duration.ofSeconds(5),
              Duration.ofSeconds(1),
              Duration.ofSeconds(20),
              Duration.ofSeconds(10),
              Duration.ofSeconds(10),
              Duration.ofSeconds(15),
              Duration.ofMinutes(10),
              65_536,
              List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1"))),
          64,
          1024,
          64,
          new ClientAlive(Duration.ofMinutes(1), 3),
          ChannelTimeouts.NONE,
          Optional.empty(),
          new RekeyLimit(1L << 30, Duration.ofHours(1)),
          16 << 20,
          new Requests(128, 32 << 10, 128 << 10, 1024));
}
