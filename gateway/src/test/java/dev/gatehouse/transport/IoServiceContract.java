package dev.gatehouse.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.Poll;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.future.DefaultSshFuture;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoConnectFuture;
import org.apache.sshd.common.io.IoServiceEventListener;
import org.apache.sshd.common.io.IoServiceFactoryFactory;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.junit.jupiter.api.Test;

/** What MINA needs of an I/O service, over real sockets: its own and ours must both do it. */
abstract class IoServiceContract {
  private static final int MIB = 1 << 20;

  /** More than the kernel keeps for both ends of a connection. */
  private static final int MUCH = 32 * MIB;

  private static final int PACKET = 32 << 10;

  abstract IoServiceFactoryFactory factories();

  IoFixture listen(Sessions sessions) throws IOException {
    return new IoFixture(factories(), sessions);
  }

  // ---- bytes ----

  @Test
  void echo_ofMuchInOddPieces_isTheSame() throws Exception {
    try (var io = listen(Sessions.echoing());
        var client = io.connect()) {
      var sender = Thread.ofVirtual().start(() -> sendOddPieces(client));
      var expected = new Random(1);
      var in = new DataInputStream(client.getInputStream());
      var piece = new byte[MIB];
      var wanted = new byte[MIB];
      for (var i = 0; i < MUCH / MIB; i++) {
        in.readFully(piece);
        expected.nextBytes(wanted);
        assertThat(piece).isEqualTo(wanted);
      }
      sender.join();
    }
  }

  private static void sendOddPieces(Socket client) {
    var content = new Random(1);
    var sizes = new Random(2);
    var piece = new byte[MIB];
    try {
      for (var i = 0; i < MUCH / MIB; i++) {
        content.nextBytes(piece);
        var at = 0;
        while (at < MIB) {
          var size = Math.min(1 + sizes.nextInt(1 << (1 + sizes.nextInt(17))), MIB - at);
          client.getOutputStream().write(piece, at, size);
          at += size;
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void write_fromManyThreads_keepsTheOrderOfEach() throws Exception {
    var threads = 6;
    var each = 2_000;
    var sessions = Sessions.echoing();
    try (var io = listen(sessions);
        var client = io.connect()) {
      var session = sessions.awaitCreated();
      for (var t = 0; t < threads; t++) {
        var number = t;
        Thread.ofPlatform().daemon().start(() -> writeRecords(session, number, each));
      }
      var in = new DataInputStream(client.getInputStream());
      var next = new int[threads];
      for (var i = 0; i < threads * each; i++) {
        var thread = in.readInt();
        assertThat(in.readInt()).isEqualTo(next[thread]++);
        in.skipNBytes(in.readInt());
      }
    }
  }

  private static void writeRecords(IoSession session, int thread, int count) {
    var sizes = new Random(thread);
    try {
      for (var i = 0; i < count; i++) {
        var size = sizes.nextInt(2_000);
        var record = ByteBuffer.allocate(12 + size).putInt(thread).putInt(i).putInt(size);
        session.writeBuffer(new ByteArrayBuffer(record.array()));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void write_toPeerThatDoesNotRead_isDoneWhenItHasRead() throws Exception {
    var sessions = Sessions.echoing();
    try (var io = listen(sessions);
        var client = io.connect()) {
      var writes = fill(sessions.awaitCreated());
      assertThat(writes.getLast().isDone()).isFalse();
      assertThat(writes.getLast().await(1)).isFalse();

      client.getInputStream().skipNBytes(MUCH);

      assertThat(writes).allSatisfy(w -> assertThat(w.verify(Poll.PATIENCE).isWritten()).isTrue());
    }
  }

  /** MINA casts it to set it, in {@code AbstractSession.writePacket} with a limit of time. */
  @Test
  void write_thatMinaGivesUp_isToldSoAndStillGoes() throws Exception {
    var sessions = Sessions.echoing();
    try (var io = listen(sessions);
        var client = io.connect()) {
      var last = fill(sessions.awaitCreated()).getLast();
      var late = new TimeoutException();

      ((DefaultSshFuture<?>) last).setValue(late);

      assertThat(last.getException()).isSameAs(late);
      client.getInputStream().skipNBytes(MUCH);
    }
  }

  @Test
  void write_inHandlerThatWaitsForIt_isDone() throws Exception {
    var sessions =
        new Sessions(
            (session, bytes) ->
                session.writeBuffer(new ByteArrayBuffer(bytes)).verify(Poll.PATIENCE));
    try (var io = listen(sessions);
        var client = io.connect()) {
      assertThat(roundTrip(client)).isTrue();
    }
  }

  @Test
  void write_withListeners_tellsEachOnce() throws Exception {
    var sessions = Sessions.echoing();
    try (var io = listen(sessions);
        var client = io.connect()) {
      var told = new CopyOnWriteArrayList<String>();
      var write = sessions.awaitCreated().writeBuffer(new ByteArrayBuffer(new byte[1]));
      write.addListener(_ -> told.add("one"));
      write.addListener(
          _ -> {
            told.add("two");
            throw new IllegalStateException("a listener that fails harms nobody");
          });
      write.verify(Poll.PATIENCE);
      write.addListener(_ -> told.add("late"));

      Poll.until("all are told", () -> told.size() == 3);
      assertThat(told).containsExactlyInAnyOrder("one", "two", "late");
      assertThat(client.getInputStream().read()).isZero();
    }
  }

  // ---- pauses ----

  @Test
  void suspendRead_withMuchToRead_stopsUntilResumed() throws Exception {
    var received = new AtomicLong();
    var sessions = Sessions.echoing();
    try (var io = listen(sessions);
        var client = io.connect()) {
      var session = sessions.awaitCreated();
      sessions.receive(
          (from, bytes) -> {
            if (from.equals(session)) {
              from.suspendRead();
              received.addAndGet(bytes.length);
            } else {
              from.writeBuffer(new ByteArrayBuffer(bytes));
            }
          });
      var sender = Thread.ofVirtual().start(() -> sendOddPieces(client));
      Poll.until("the first bytes are there", () -> received.get() > 0);
      var first = received.get();
      try (var other = io.connect()) {
        for (var i = 0; i < 20; i++) {
          assertThat(roundTrip(other)).isTrue();
        }
      }
      assertThat(received.get()).isEqualTo(first).isLessThan(MUCH);

      sessions.receive((_, bytes) -> received.addAndGet(bytes.length));
      session.resumeRead();

      Poll.until("all has been read", () -> received.get() == MUCH);
      sender.join();
    }
  }

  @Test
  void suspendRead_andResumeInTheHandler_goesOn() throws Exception {
    var received = new AtomicLong();
    var sessions =
        new Sessions(
            (session, bytes) -> {
              session.suspendRead();
              received.addAndGet(bytes.length);
              session.resumeRead();
            });
    try (var io = listen(sessions);
        var client = io.connect()) {
      sendOddPieces(client);

      Poll.until("all has been read", () -> received.get() == MUCH);
    }
  }

  // ---- ends ----

  @Test
  void close_gracefullyWithMuchToWrite_writesItAll() throws Exception {
    var sessions = Sessions.echoing();
    try (var io = listen(sessions);
        var client = io.connect()) {
      var session = sessions.awaitCreated();
      var writes = fill(session);
      var closing = session.close(false);
      assertThat(closing.isClosed()).isFalse();

      client.getInputStream().skipNBytes(MUCH);

      assertThat(client.getInputStream().read()).isEqualTo(-1);
      assertThat(closing.await(Poll.PATIENCE)).isTrue();
      assertThat(writes).allMatch(IoWriteFuture::isWritten);
      sessions.awaitClosed(session);
      assertThat(io.acceptor.getManagedSessions()).isEmpty();
    }
  }

  @Test
  void close_immediatelyWithMuchToWrite_failsWhatWaits() throws Exception {
    var sessions = Sessions.echoing();
    try (var io = listen(sessions);
        var client = io.connect()) {
      var session = sessions.awaitCreated();
      var writes = fill(session);

      session.close(true);

      sessions.awaitClosed(session);
      Poll.until("all are told", () -> writes.stream().allMatch(IoWriteFuture::isDone));
      var last = writes.getLast();
      assertThat(last.isWritten()).isFalse();
      assertThat(last.getException()).isInstanceOf(IOException.class);
      assertThatThrownBy(last::verify).isInstanceOf(IOException.class);
      assertThat(restOf(client)).isLessThan(MUCH);
    }
  }

  @Test
  void write_afterClose_fails() throws Exception {
    var sessions = Sessions.echoing();
    try (var io = listen(sessions);
        var client = io.connect()) {
      var session = sessions.awaitCreated();
      session.close(true);

      var write = session.writeBuffer(new ByteArrayBuffer(new byte[1]));

      assertThat(write.getException()).isInstanceOf(IOException.class);
      assertThat(restOf(client)).isZero();
    }
  }

  @Test
  void shutdownOutputStream_afterWrites_isSeenAfterThem() throws Exception {
    var received = new CompletableFuture<byte[]>();
    var sessions = new Sessions((_, bytes) -> received.complete(bytes));
    try (var io = listen(sessions);
        var client = io.connect()) {
      var session = sessions.awaitCreated();
      fill(session);
      session.shutdownOutputStream();

      assertThat(restOf(client)).isEqualTo(MUCH);
      client.getOutputStream().write(1);
      assertThat(received.get()).containsExactly(1);
    }
  }

  @Test
  void peer_thatEnds_closesTheSession() throws Exception {
    var sessions = Sessions.echoing();
    try (var io = listen(sessions);
        var client = io.connect()) {
      client.shutdownOutput();

      sessions.awaitClosed(sessions.awaitCreated());
      assertThat(client.getInputStream().read()).isEqualTo(-1);
      assertThat(sessions.errors).isEmpty();
    }
  }

  @Test
  void peer_thatResets_closesTheSession() throws Exception {
    var sessions = Sessions.echoing();
    try (var io = listen(sessions)) {
      var client = io.connect();
      var session = sessions.awaitCreated();
      var writes = fill(session);
      client.setSoLinger(true, 0);
      client.close();

      sessions.awaitClosed(session);
      Poll.until("all are told", () -> writes.stream().allMatch(IoWriteFuture::isDone));
      assertThat(writes.getLast().isWritten()).isFalse();
    }
  }

  @Test
  void handler_thatFails_endsItsSessionOnly() throws Exception {
    var sessions = Sessions.echoing();
    try (var io = listen(sessions);
        var other = io.connect();
        var client = io.connect()) {
      sessions.receive(
          (session, bytes) -> {
            if (bytes[0] == 66) {
              throw new StackOverflowError("not even this");
            }
            session.writeBuffer(new ByteArrayBuffer(bytes));
          });
      client.getOutputStream().write(66);

      assertThat(restOf(client)).isZero();
      assertThat(sessions.errors).hasSize(1);
      for (var i = 0; i < 20; i++) {
        assertThat(roundTrip(other)).isTrue();
      }
    }
  }

  // ---- acceptors ----

  @Test
  void unbind_withSessions_keepsThemAndFreesTheAddress() throws Exception {
    var sessions = Sessions.echoing();
    try (var io = listen(sessions);
        var client = io.connect()) {
      var address = io.address();
      assertThat(roundTrip(client)).isTrue();

      io.acceptor.unbind();

      assertThat(io.acceptor.getBoundAddresses()).isEmpty();
      assertThatThrownBy(() -> IoFixture.connect(address)).isInstanceOf(IOException.class);
      assertThat(roundTrip(client)).isTrue();
      try (var next = new ServerSocket()) {
        next.setReuseAddress(true);
        next.bind(address);
      }
    }
  }

  @Test
  void bind_toAddressInUse_failsAndKeepsNone() throws Exception {
    try (var io = listen(Sessions.echoing());
        var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var before = io.acceptor.getBoundAddresses();
      var free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

      assertThatThrownBy(() -> io.acceptor.bind(List.of(free, taken.getLocalSocketAddress())))
          .isInstanceOf(IOException.class);

      assertThat(io.acceptor.getBoundAddresses()).isEqualTo(before);
    }
  }

  @Test
  void bind_toIpv6_acceptsThere() throws Exception {
    try (var io = listen(Sessions.echoing())) {
      io.acceptor.unbind();
      io.acceptor.bind(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));
      try (var client = io.connect()) {
        assertThat(roundTrip(client)).isTrue();
      }
    }
  }

  @Test
  void sessionCreated_thatFails_isToldAndNextIsAccepted() throws Exception {
    var sessions =
        new Sessions((session, bytes) -> session.writeBuffer(new ByteArrayBuffer(bytes))) {
          @Override
          public void sessionCreated(IoSession session) throws Exception {
            super.sessionCreated(session);
            if (created.size() == 1) {
              throw new IOException("refused");
            }
          }
        };
    try (var io = listen(sessions)) {
      var told = new CopyOnWriteArrayList<String>();
      io.acceptor.setIoServiceEventListener(listener(told));
      try (var refused = io.connect()) {
        assertThat(restOf(refused)).isZero();
      }
      try (var accepted = io.connect()) {
        assertThat(roundTrip(accepted)).isTrue();
      }
      assertThat(told).containsExactly("accepted", "given up", "accepted");
    }
  }

  @Test
  void connections_inHundreds_areAllServed() throws Exception {
    try (var io = listen(Sessions.echoing())) {
      var clients = new ArrayList<Socket>();
      try {
        for (var i = 0; i < 1_000; i++) {
          clients.add(io.connect());
        }
        for (var client : clients) {
          client.getOutputStream().write(1);
        }
        for (var client : clients) {
          assertThat(client.getInputStream().read()).isEqualTo(1);
        }
        assertThat(io.acceptor.getManagedSessions()).hasSize(1_000);
      } finally {
        for (var client : clients) {
          client.close();
        }
      }
      Poll.until("all are forgotten", () -> io.acceptor.getManagedSessions().isEmpty());
    }
  }

  // ---- connectors ----

  @Test
  void connect_toListener_passesContextAndBytes() throws Exception {
    var received = new CompletableFuture<byte[]>();
    var sessions = new Sessions((_, bytes) -> received.complete(bytes));
    try (var io = listen(Sessions.echoing())) {
      var context = AttributeRepository.ofKeyValuePair(new AttributeRepository.AttributeKey<>(), 1);
      var future = io.connector(sessions).connect(io.address(), context, null);
      assertThat(future.await(Poll.PATIENCE)).isTrue();
      var session = future.getSession();

      assertThat(session.getAttribute(AttributeRepository.class)).isSameAs(context);
      assertThat(session.getRemoteAddress()).isEqualTo(io.address());
      assertThat(session.getAcceptanceAddress()).isNull();
      session.writeBuffer(new ByteArrayBuffer(new byte[] {7}));
      assertThat(received.get()).containsExactly(7);
    }
  }

  @Test
  void connect_toNobody_fails() throws Exception {
    try (var io = listen(Sessions.echoing())) {
      SocketAddress free;
      try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        free = listener.getLocalSocketAddress();
      }
      var refused = io.connector(Sessions.echoing()).connect(free, null, null);

      assertThat(errorOf(refused)).hasMessageContaining("refused");
      assertThat(refused.isConnected()).isFalse();
    }
  }

  @Test
  void connect_toUnknownHost_fails() throws Exception {
    try (var io = listen(Sessions.echoing())) {
      var unknown = InetSocketAddress.createUnresolved("nowhere.invalid", 22);
      var future = io.connector(Sessions.echoing()).connect(unknown, null, null);

      assertThat(errorOf(future)).isInstanceOf(UnresolvedAddressException.class);
    }
  }

  @Test
  void connect_withoutAnswer_timesOut() throws Exception {
    try (var io = listen(Sessions.echoing());
        var deaf = new Deaf()) {
      CoreModuleProperties.IO_CONNECT_TIMEOUT.set(io.properties, Duration.ofMillis(100));
      var future = io.connector(Sessions.echoing()).connect(deaf.address(), null, null);

      assertThat(errorOf(future)).hasMessageContaining("100");
    }
  }

  @Test
  void connect_thatIsCanceled_isNotMade() throws Exception {
    try (var io = listen(Sessions.echoing());
        var deaf = new Deaf()) {
      var sessions = Sessions.echoing();
      IoConnectFuture future = io.connector(sessions).connect(deaf.address(), null, null);

      future.cancel();

      assertThat(future.isCanceled()).isTrue();
      assertThat(sessions.created).isEmpty();
    }
  }

  // ---- the service ----

  @Test
  void close_ofTheAcceptor_endsItsSessions() throws Exception {
    var sessions = Sessions.echoing();
    try (var io = listen(sessions);
        var client = io.connect()) {
      assertThat(roundTrip(client)).isTrue();

      assertThat(io.acceptor.close(true).await(Poll.PATIENCE)).isTrue();

      assertThat(restOf(client)).isZero();
      assertThat(sessions.closed).hasSize(1);
    }
  }

  @Test
  void connect_afterTheFactoryHasClosed_fails() throws Exception {
    try (var io = listen(Sessions.echoing())) {
      var address = io.address();
      var connector = io.connector(Sessions.echoing());
      io.factory.close(true).await(Poll.PATIENCE);

      assertThat(errorOf(connector.connect(address, null, null))).isNotNull();
    }
  }

  /** Writes more than the kernel takes while nobody reads. */
  static List<IoWriteFuture> fill(IoSession session) throws IOException {
    var writes = new ArrayList<IoWriteFuture>();
    for (var i = 0; i < MUCH / PACKET; i++) {
      writes.add(session.writeBuffer(new ByteArrayBuffer(new byte[PACKET])));
    }
    return writes;
  }

  private static Throwable errorOf(IoConnectFuture future) throws IOException {
    assertThat(future.await(Poll.PATIENCE)).isTrue();
    return future.getException();
  }

  static boolean roundTrip(Socket client) throws IOException {
    client.getOutputStream().write(42);
    return client.getInputStream().read() == 42;
  }

  /** How much comes until the end, whatever kind of end. */
  private static long restOf(Socket client) {
    var count = 0L;
    var piece = new byte[PACKET];
    try {
      for (var n = client.getInputStream().read(piece);
          n >= 0;
          n = client.getInputStream().read(piece)) {
        count += n;
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("there is no end", e);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
    return count;
  }

  private static IoServiceEventListener listener(List<String> told) {
    return new IoServiceEventListener() {
      @Override
      public void connectionAccepted(
          IoAcceptor acceptor, SocketAddress local, SocketAddress remote, SocketAddress service) {
        told.add("accepted");
      }

      @Override
      public void abortAcceptedConnection(
          IoAcceptor acceptor,
          SocketAddress local,
          SocketAddress remote,
          SocketAddress service,
          Throwable reason) {
        told.add("given up");
      }
    };
  }

  /** A port that answers no more, since nobody accepts and its queue is full. */
  private static final class Deaf implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<SocketChannel> queued = new ArrayList<>();

    Deaf() throws IOException {
      for (var i = 0; i < 8; i++) {
        var channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(address());
        queued.add(channel);
      }
    }

    SocketAddress address() {
      return listener.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
      for (var channel : queued) {
        channel.close();
      }
      listener.close();
    }
  }
}
