package dev.gatehouse.transport;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Arrays for packets of the usual size, used again while the processor still has them in its cache:
 * a new array costs about as much as decrypting half of what it holds.
 */
final class PacketArrays {
  /** The 32 KiB of data that OpenSSH puts into a packet, with all around them. */
  static final int SIZE = (32 << 10) + 1024;

  /** No more than 4 MiB rest here. */
  private static final int MOST = 128;

  private static final Deque<byte[]> FREE = new ArrayDeque<>();

  private PacketArrays() {}

  /** Whatever the array held is still in it. */
  static byte[] take() {
    synchronized (FREE) {
      var array = FREE.poll();
      return array != null ? array : new byte[SIZE];
    }
  }

  /** An array of another size is left to the garbage collector. */
  static void give(byte[] array) {
    synchronized (FREE) {
      if (array.length == SIZE && FREE.size() < MOST) {
        FREE.push(array);
      }
    }
  }
}
