package dev.gatehouse.relay;

/**
 * What one connection makes the gateway keep until a workspace is there to take it, in bytes.
 * Guarded by the relay's lock.
 */
final class ByteBudget {
  private final long most;
  private long held;

  ByteBudget(long most) {
    this.most = most;
  }

  /** Answers whether there is room for so much more; if not, nothing is counted. */
  boolean take(long bytes) {
    if (bytes > left()) {
      return false;
    }
    held += bytes;
    return true;
  }

  /** Whether half of all stays free after so much more. */
  boolean isSpare(long bytes) {
    return left() - bytes >= most / 2;
  }

  void giveBack(long bytes) {
    held -= bytes;
  }

  long left() {
    return most - held;
  }
}
