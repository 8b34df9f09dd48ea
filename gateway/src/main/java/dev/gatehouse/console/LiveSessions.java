package dev.gatehouse.console;

import dev.gatehouse.name.Username;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/**
 * The connections of people who are logged in: at this gateway, and at the others of its cluster if
 * there are any. A call that needs another gateway's answer waits some seconds for it at most.
 */
public interface LiveSessions {
  /**
   * One connection.
   *
   * @param id by which commands name it; never used again while the gateway runs, and not by
   *     another
   * @param login the name it logged in by, such as {@code alice+gpu}
   * @param target where it leads, such as {@code workspace gpu}
   * @param proofs what was proven, such as {@code publickey ssh-ed25519 SHA256:…}
   * @param client the client's identification string; hostile
   * @param bytesIn from the client, since login
   * @param bytesOut to the client, since login
   */
  record LiveSession(
      long id,
      Username user,
      String login,
      String target,
      InetAddress address,
      int port,
      Instant since,
      List<String> proofs,
      String client,
      long bytesIn,
      long bytesOut,
      List<OpenChannel> channels) {}

  /**
   * A channel of a connection.
   *
   * @param type such as {@code session} or {@code direct-tcpip}; hostile
   * @param detail what it is, such as {@code shell}, a command or {@code localhost:8888}; hostile
   * @param since when it was opened
   */
  record OpenChannel(String type, String detail, Instant since) {}

  /** Those of this gateway, in the order in which they came. Returns at once. */
  List<LiveSession> all();

  /**
   * The connections of all gateways.
   *
   * @param silent names of gateways that did not answer: theirs are not among the sessions
   */
  record Everywhere(List<LiveSession> sessions, List<String> silent) {}

  default Everywhere everywhere() {
    return new Everywhere(all(), List.of());
  }

  /**
   * Returns those of this gateway that would be ended if this were the definition. Blocks on the
   * directory.
   *
   * @throws dev.gatehouse.failure.UserError if the definition has mistakes
   */
  List<LiveSession> endedBy(String definition);

  /** Returns the same of all gateways. */
  default Everywhere endedEverywhereBy(String definition) {
    return new Everywhere(endedBy(definition), List.of());
  }

  /**
   * Ends a connection, telling the client why.
   *
   * @return whether there was one
   */
  boolean kill(long id, String reason);

  /**
   * Writes a line to every open terminal of a connection.
   *
   * @return how many terminals it reached
   */
  int message(long id, String text);
}
