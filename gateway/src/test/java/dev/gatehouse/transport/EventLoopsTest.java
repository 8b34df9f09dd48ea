package dev.gatehouse.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.Poll;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated(
    "a process that another test starts holds a listening socket until it executes its program")
final class EventLoopsTest extends IoServiceContract {
  @Override
  IoServiceFactoryFactory factories() {
    return new EventLoops("test", 2);
  }

  /** Counted in turns, not in time: nobody waits for more than a turn of each of the others. */
  @Test
  void bulk_besideOneByte_waitsForItAfterATurn() throws Exception {
    var turns = new CopyOnWriteArrayList<IoSession>();
    var stopped = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var sessions = new Sessions((_, _) -> {});
    try (var io = new IoFixture(new EventLoops("test", 1), sessions);
        var typist = io.connect()) {
      var typing = sessions.awaitCreated();
      var bulk = new ArrayList<Socket>();
      sessions.receive(
          (session, _) -> {
            stopped.countDown();
            go.await();
            if (turns.isEmpty() || !turns.getLast().equals(session)) {
              turns.add(session);
            }
          });
      for (var i = 0; i < 3; i++) {
        var client = io.connect();
        bulk.add(client);
        Thread.ofVirtual().start(() -> sendForEver(client));
      }
      stopped.await();
      typist.getOutputStream().write(1);
      go.countDown();

      Poll.until("the byte has been seen", () -> turns.contains(typing));
      assertThat(turns.indexOf(typing)).isLessThanOrEqualTo(2 * bulk.size());
      for (var client : bulk) {
        client.close();
      }
    }
  }

  private static void sendForEver(Socket client) {
    try {
      while (true) {
        client.getOutputStream().write(new byte[1 << 20]);
      }
    } catch (IOException e) {
      assertThat(client.isClosed()).isTrue();
    }
  }

  @Test
  void close_ofTheFactory_endsItsThreads() throws Exception {
    var name = "test-" + System.nanoTime();
    var io = new IoFixture(new EventLoops(name, 2), Sessions.echoing());
    assertThat(threads(name)).hasSize(2).allMatch(Thread::isDaemon);

    io.close();

    Poll.until("the threads have ended", () -> threads(name).isEmpty());
  }

  @Test
  void write_duringGracefulClose_failsAndLosesNothingElse() throws Exception {
    var sessions = Sessions.echoing();
    try (var io = listen(sessions);
        var client = io.connect()) {
      var session = sessions.awaitCreated();
      var writes = fill(session);
      session.close(false);

      var late = session.writeBuffer(new ByteArrayBuffer(new byte[1]));

      assertThat(late.getException()).isNotNull();
      client.getInputStream().skipNBytes((long) writes.size() * (32 << 10));
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void linger_whilePeerSends_letsItReadTheLast() throws Exception {
    try (var io = listen(cuttingOff());
        var client = io.connect()) {
      client.getOutputStream().write(new byte[1 << 20]);

      assertThat(client.getInputStream().readAllBytes()).asString(US_ASCII).isEqualTo("go");
      client.getOutputStream().write(new byte[1 << 20]);
    }
  }

  @Test
  void linger_forPeerThatSendsForEver_endsAfterAMoment() throws Exception {
    try (var io = listen(cuttingOff());
        var client = io.connect()) {
      var began = System.nanoTime();

      assertThatThrownBy(
              () -> {
                while (since(began).compareTo(Poll.PATIENCE) < 0) {
                  client.getOutputStream().write(new byte[1 << 20]);
                }
              })
          .isInstanceOf(IOException.class);

      assertThat(since(began)).isGreaterThan(Lingering.LIMIT);
    }
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  /** As MINA's session does whose peer has broken the protocol. */
  private static Sessions cuttingOff() {
    return new Sessions(
        (_, _) -> {
          throw new IOException("not this");
        }) {
      @Override
      public void exceptionCaught(IoSession session, Throwable cause) throws Exception {
        EventLoops.linger(session);
        session
            .writeBuffer(new ByteArrayBuffer("go".getBytes(US_ASCII)))
            .addListener(_ -> session.close(true));
      }
    };
  }

  private static List<Thread> threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().startsWith("gatehouse-" + name))
        .toList();
  }
}
