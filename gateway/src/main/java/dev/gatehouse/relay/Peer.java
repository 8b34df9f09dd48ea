package dev.gatehouse.relay;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.gatehouse.transport.Packet;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.kex.KexState;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.jspecify.annotations.Nullable;

/**
 * One of the two SSH connections of a relay, as a place to send to. MINA's own write queues are
 * unbounded and slow when long, so at most {@link #IN_FLIGHT} packets are inside MINA and the rest
 * waits here, where it is counted.
 *
 * <p>{@link #send} is called with the relay's lock held; {@link #flush} never, because MINA may
 * call back from inside a write.
 */
final class Peer {
  private static final int IN_FLIGHT = 64;

  /** What a packet costs beside its bytes: buffer, futures, queue nodes. */
  private static final int PACKET_COST = 512;

  /** How long a peer may leave a queue above the mark without taking one packet. */
  private static final long STALL_SECONDS = 30;

  private static final long FINISH_SECONDS = 10;

  private record Item(Buffer packet, long cost, @Nullable Runnable written) {}

  private final AbstractSession session;
  private final Relay relay;
  private final Queue<Item> queue = new ArrayDeque<>();
  private final AtomicInteger flushing = new AtomicInteger();
  private final long high;
  private long bytes;
  private long queued;
  private int inFlight;
  private long writtenPackets;
  private boolean congested;
  private boolean reading = true;
  private @Nullable Runnable last;
  private boolean broken;

  Peer(AbstractSession session, Relay relay) {
    this.session = session;
    this.relay = relay;
    this.high = relay.destination().limits().maxPendingBytes();
  }

  AbstractSession session() {
    return session;
  }

  /** How many bytes were sent here. */
  long bytes() {
    return bytes;
  }

  /** Whether so much waits to be written that nobody may add to it. */
  boolean congested() {
    return congested;
  }

  void send(Buffer packet) {
    send(packet, null);
  }

  /**
   * Queues a packet.
   *
   * @param written runs with the relay's lock held when the packet has reached the socket
   */
  void send(Buffer packet, @Nullable Runnable written) {
    if (broken) {
      return;
    }
    var cost = packet.available() + PACKET_COST;
    queue.add(new Item(packet, cost, written));
    queued += cost;
    bytes += packet.available();
    if (!congested && queued > high) {
      congested = true;
      relay.congestionChanged();
      watchForStall();
    }
  }

  /** Closes the connection when what is queued has been written, or the peer does not take it. */
  void finish() {
    whenWritten(() -> session.close(false));
    relay.schedule(() -> relay.afterwards(() -> session.close(true)), FINISH_SECONDS, SECONDS);
  }

  /**
   * Runs something last, without the lock, when what is queued has been written. If the peer does
   * not take it, the connection is closed instead.
   */
  void whenWritten(Runnable action) {
    last = action;
    runLast();
    if (last != null) {
      relay.schedule(this::closeUnfinished, FINISH_SECONDS, SECONDS);
    }
  }

  /** Hands packets to MINA, one thread at a time; others only leave word that there is more. */
  void flush() {
    if (flushing.getAndIncrement() != 0) {
      return;
    }
    var missed = 1;
    do {
      for (var item = next(); item != null; item = next()) {
        write(item);
      }
      missed = flushing.addAndGet(-missed);
    } while (missed != 0);
  }

  /**
   * Reads from the peer, or does not. While keys are exchanged the peer is read in any case: what
   * waits for the new keys is written only when the peer has been heard. For a peer that never
   * comes to its point, but makes us answer and answer, that ends at twice the mark.
   */
  void read(boolean wanted) {
    var reads = wanted || (isExchangingKeys() && queued < 2 * high);
    if (reads == reading) {
      return;
    }
    reading = reads;
    if (reads) {
      session.getIoSession().resumeRead();
    } else {
      session.getIoSession().suspendRead();
    }
  }

  private boolean isExchangingKeys() {
    return session.getKexState() != KexState.DONE;
  }

  private @Nullable Item next() {
    synchronized (relay.lock()) {
      var item = inFlight < IN_FLIGHT ? queue.poll() : null;
      if (item != null) {
        inFlight++;
      }
      return item;
    }
  }

  private void write(Item item) {
    try {
      // An internal thread is never blocked by MINA while keys are exchanged: its packets are
      // queued.
      IoWriteFuture future = ThreadUtils.runAsInternal(() -> session.writePacket(item.packet));
      future.addListener(f -> relay.enter(() -> done(item, f.isWritten())));
    } catch (Exception e) {
      relay.enter(() -> done(item, false));
    }
  }

  private void done(Item item, boolean written) {
    inFlight--;
    queued -= item.cost;
    writtenPackets++;
    if (!written) {
      fail();
      return;
    }
    if (item.packet instanceof Packet packet) {
      packet.release();
    }
    if (item.written != null) {
      item.written.run();
    }
    if (congested && queued < high / 2) {
      congested = false;
      relay.congestionChanged();
    }
    runLast();
  }

  private void runLast() {
    if (last != null && inFlight == 0 && queue.isEmpty()) {
      relay.afterwards(last);
      last = null;
    }
  }

  private void closeUnfinished() {
    if (last != null) {
      relay.afterwards(() -> session.close(true));
    }
  }

  private void fail() {
    if (!broken) {
      broken = true;
      queue.clear();
      relay.afterwards(() -> session.close(true));
    }
  }

  /** A peer that floods us and never reads is paused first and then cut off. */
  private void watchForStall() {
    var seen = writtenPackets;
    relay.schedule(
        () -> {
          if (congested && writtenPackets == seen) {
            relay.stalled(this);
          } else if (congested) {
            watchForStall();
          }
        },
        STALL_SECONDS,
        SECONDS);
  }
}
