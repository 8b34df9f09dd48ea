package dev.gatehouse.relay;

/**
 * How much a client may send to an app that has not taken it yet, in bytes: little at first, since
 * most tunnels carry little, and twice as much each time that it was used up, while there is room.
 * So an app that takes nothing makes the gateway keep no more, and many tunnels together neither.
 * Guarded by the relay's lock.
 */
final class UploadWindow {
  static final long FIRST = 32 << 10;
  static final long MOST = 1 << 20;

  private final ByteBudget byteBudget;
  private long size;
  private long taken;

  UploadWindow(ByteBudget byteBudget) {
    this.byteBudget = byteBudget;
  }

  /** Answers whether there is room for one more. */
  boolean open() {
    var room = byteBudget.take(FIRST);
    size = room ? FIRST : 0;
    return room;
  }

  long size() {
    return size;
  }

  /**
   * The app has taken so much; answers how much more the client is granted, if that is worth it.
   */
  long taken(long bytes) {
    taken += bytes;
    if (taken < size / 2) {
      return 0;
    }
    var more = mayGrow() && byteBudget.take(size) ? size : 0;
    var grant = taken + more;
    size += more;
    taken = 0;
    return grant;
  }

  void close() {
    byteBudget.giveBack(size);
    size = 0;
  }

  /** Others must be able to begin yet. */
  private boolean mayGrow() {
    return size < MOST && byteBudget.isSpare(size);
  }
}
