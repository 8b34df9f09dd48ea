package dev.gatehouse.workspace.local;

/** How a process ended: what waitpid(2) says, which {@link Process} does not tell in full. */
sealed interface ExitStatus {
  /** It called exit. */
  record Exited(int code) implements ExitStatus {}

  /**
   * A signal ended it.
   *
   * @param name as RFC 4254, 6.10 spells it, without {@code SIG}
   */
  record Signalled(String name, boolean coreDumped) implements ExitStatus {}

  /** Reads a wait status as Linux packs it. */
  static ExitStatus ofWaitStatus(int status) {
    var signal = status & 0x7f;
    return signal == 0
        ? new Exited((status >> 8) & 0xff)
        : new Signalled(Signals.name(signal), (status & 0x80) != 0);
  }
}
