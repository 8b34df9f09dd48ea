package dev.gatehouse.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.Factory;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.io.IoServiceFactory;
import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.threads.CloseableExecutorService;

/**
 * Reads and writes the sockets of a MINA server or client on a few threads, one {@link
 * java.nio.channels.Selector} each, instead of MINA's own asynchronous channels. The way back is
 * not to set it: {@code setIoServiceFactoryFactory(new EventLoops("name"))}.
 *
 * <p>Handlers are called on these threads, so what blocks there stops every connection of that
 * thread. Differences from the stock service: {@code nio2-*} and {@code nio-workers} are not
 * observed, and packets that a handler writes go out together when it has returned.
 */
public final class EventLoops implements IoServiceFactoryFactory {
  private final String name;
  private final int count;

  /**
   * One thread for each processor, and two at least.
   *
   * @param name of the threads: {@code gatehouse-NAME-0} and so on
   */
  public EventLoops(String name) {
    this(name, Math.max(2, Runtime.getRuntime().availableProcessors()));
  }

  EventLoops(String name, int count) {
    this.name = name;
    this.count = count;
  }

  /** The threads end when the factory is closed, which the server or client does when it stops. */
  @Override
  public IoServiceFactory create(FactoryManager manager) {
    return new LoopServiceFactory(manager, start());
  }

  /** The loops have their own threads. */
  @Override
  public void setExecutorServiceFactory(Factory<CloseableExecutorService> executors) {}

  /**
   * Its peer is to read what it is told from now on, and then be cut off: nothing more is read, and
   * when the session is closed, what the peer still sends does not make it lose that. Does nothing
   * to a session of another service.
   */
  public static void linger(IoSession session) {
    if (session instanceof LoopSession ours) {
      ours.linger();
    }
  }

  private Group start() {
    var loops = new ArrayList<EventLoop>();
    try {
      for (var i = 0; i < count; i++) {
        loops.add(new EventLoop("gatehouse-%s-%d".formatted(name, i)));
      }
    } catch (IOException e) {
      loops.forEach(EventLoop::close);
      throw new UncheckedIOException("cannot open a selector; more open files may be needed", e);
    }
    return new Group(List.copyOf(loops), new AtomicInteger());
  }

  /** The loops of one factory. */
  record Group(List<EventLoop> loops, AtomicInteger turn) implements AutoCloseable {
    EventLoop next() {
      return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    @Override
    public void close() {
      loops.forEach(EventLoop::close);
    }
  }
}
