package dev.gatehouse.bench;

import java.nio.file.Path;
import java.util.List;

/** A way to the target sshd that is measured. */
interface Contender extends AutoCloseable {
  String name();

  /** An ssh configuration that knows the host {@code target}. */
  Path config();

  /** Where a client connects to first, and the private key that opens it. */
  Door door();

  /** Whether all connections have ended. */
  boolean isIdle();

  /** Gives up what it keeps ready for the next connection. */
  default void forget() {}

  /** Seconds of CPU that what stands between client and target has used until now. */
  double cpuSeconds();

  /** Bytes that its processes hold now: what is shared counts once (PSS). */
  long memory();

  @Override
  void close();

  /**
   * @param login the user name
   */
  record Door(int port, String login, Path identity) {}

  /**
   * {@code ssh} with this contender's configuration and these arguments, in a session of its own:
   * Linux shares a processor out among sessions (autogroup in sched(7)), and people have each a
   * machine of their own.
   */
  default List<String> ssh(String... arguments) {
    var command = new java.util.ArrayList<>(List.of("setsid", "ssh", "-F", config().toString()));
    command.addAll(List.of(arguments));
    return command;
  }
}
