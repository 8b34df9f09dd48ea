package dev.gatehouse.app;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_CLOSE;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_DATA;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_EOF;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_OPEN;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Dial;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Services;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What passes through a tunnel to an app: all of it, in both directions, each to its end; and no
 * more than the receiver takes.
 */
@Isolated("it measures the heap, or time")
class AppFlowIT {
  private static final int MEGABYTE = 1 << 20;
  private static final int LARGE = 256;

  /** What the gateway may keep for one such client, and what a loaded JVM adds to a measurement. */
  private static final long MARGIN = 64L * MEGABYTE;

  /** What two kernels keep on a loopback connection that nobody reads, and more. */
  private static final long KERNEL = 16L * MEGABYTE;

  private static final BlockingQueue<Integer> COUNTED = new ArrayBlockingQueue<>(10);

  /** Open until the JVM ends, for a class that is run again. */
  private static final Map<String, Listener> APPS =
      Map.of(
          "echo", Listener.tcp(Services::echo),
          "count", Listener.tcp(Services::count),
          "zeros", Listener.tcp(Services::zeros),
          "polite", Listener.tcp(AppFlowIT::greetAndCount),
          "reset", Listener.tcp(AppFlowIT::reset),
          "late", Listener.tcp(AppFlowIT::countLate),
          "deaf", Listener.tcp(AppFlowIT::readNothing));

  private static volatile CountDownLatch closed;
  private static volatile CountDownLatch end;
  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway =
                StagedGateway.start(
                    APPS.entrySet().stream()
                        .map(
                            app ->
                                "  %s: {host: 127.0.0.1, ports: [%d]}\n"
                                    .formatted(app.getKey(), app.getValue().port()))
                        .collect(
                            Collectors.joining(
                                "",
                                """
                                gateway: {port: 0}
                                directory: {administrators: admins}
                                apps:
                                """,
                                "")),
                    People.of().add("alice", "admins"));
            return gateway;
          });

  @BeforeAll
  static void begin() {
    COUNTED.clear();
    closed = new CountDownLatch(1);
    end = new CountDownLatch(1);
  }

  @AfterAll
  static void endConnections() {
    end.countDown();
  }

  /** Says hello and EOF, and then tells the test how many bytes came. */
  private static void greetAndCount(SocketChannel connection) throws IOException {
    connection.write(ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
    connection.shutdownOutput();
    COUNTED.add(Channels.newInputStream(connection).readAllBytes().length);
  }

  /** Reads a byte, and breaks the connection. */
  private static void reset(SocketChannel connection) throws IOException {
    connection.read(ByteBuffer.allocate(1));
    connection.setOption(StandardSocketOptions.SO_LINGER, 0);
  }

  private static void readNothing(SocketChannel connection) throws IOException {
    await(end);
  }

  /** Says EOF, and reads when the client has closed the tunnel. */
  private static void countLate(SocketChannel connection) throws IOException {
    connection.shutdownOutput();
    await(closed);
    COUNTED.add(Channels.newInputStream(connection).readAllBytes().length);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static Dial tunnel(Laptop laptop, String app) {
    var port = Ports.free();
    var forward = "%d:%s:%d".formatted(port, app, APPS.get(app).port());
    var ssh = laptop.start(laptop.openssh("-vN", "-L", forward, HOST));
    ssh.awaitStderr("Entering interactive session");
    return Dial.tcp(port);
  }

  // ---- both directions, each to its end ----

  @Test
  void client_endsFirst_getsTheAnswer(Laptop laptop) {
    var dial = tunnel(laptop, "count");
    assertThat(dial.exchange("")).isEqualTo("got 0 bytes");
    assertThat(dial.exchange("some words")).isEqualTo("got 10 bytes");
    assertThat(dial.exchange("x".repeat(3 * MEGABYTE))).isEqualTo("got 3145728 bytes");
  }

  @Test
  void app_endsFirst_getsTheRest(Laptop laptop) throws Exception {
    try (var connection = tunnel(laptop, "polite").connect()) {
      var greeting = Channels.newInputStream(connection).readAllBytes();
      assertThat(greeting).asString(StandardCharsets.US_ASCII).isEqualTo("hello");
      var rest = ByteBuffer.allocate(3 * MEGABYTE + 1);
      while (rest.hasRemaining()) {
        connection.write(rest);
      }
      connection.shutdownOutput();
      assertThat(COUNTED.poll(30, TimeUnit.SECONDS)).isEqualTo(3 * MEGABYTE + 1);
    }
  }

  @Test
  void app_breaksTheConnection_endsThisTunnelAndNoOther(Laptop laptop) {
    var port = Ports.free();
    var other = Ports.free();
    var ssh =
        laptop.start(
            laptop.openssh(
                "-vN",
                "-L",
                "%d:reset:%d".formatted(port, APPS.get("reset").port()),
                "-L",
                "%d:echo:%d".formatted(other, APPS.get("echo").port()),
                HOST));
    ssh.awaitStderr("Entering interactive session");
    for (var i = 0; i < 3; i++) {
      assertThat(Dial.tcp(port).exchange("x")).isEmpty();
    }
    assertThat(Dial.tcp(other).exchange("still there")).isEqualTo("still there");
  }

  @Test
  void large_echo_isTheSame(Laptop laptop) throws Exception {
    try (var connection = tunnel(laptop, "echo").connect()) {
      var sent = MessageDigest.getInstance("SHA-256");
      var writer =
          Thread.ofPlatform()
              .daemon()
              .start(() -> sendLarge(connection, new DigestOutputStream(sink(connection), sent)));
      var received = MessageDigest.getInstance("SHA-256");
      var in = new DigestInputStream(Channels.newInputStream(connection), received);
      assertThat(in.transferTo(OutputStream.nullOutputStream())).isEqualTo((long) LARGE * MEGABYTE);
      writer.join();
      assertThat(received.digest()).isEqualTo(sent.digest());
    }
  }

  private static OutputStream sink(SocketChannel connection) {
    return Channels.newOutputStream(connection);
  }

  private static void sendLarge(SocketChannel connection, OutputStream out) {
    var block = new byte[MEGABYTE];
    var random = new Random(20_261_128);
    try {
      for (var i = 0; i < LARGE; i++) {
        random.nextBytes(block);
        out.write(block);
      }
      connection.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As from sshd: what paramiko and others send before they close at once. */
  @Test
  void client_closesBehindItsData_appGetsAllOfIt(Laptop laptop) throws Exception {
    try (var client = RawClient.login(gateway)) {
      var channel = open(client, "polite", RawClient.LARGE_WINDOW).number();
      client.send(client.data(channel, new byte[30_000]));
      client.send(client.channelMessage(SSH_MSG_CHANNEL_CLOSE, channel));
      client.await(SSH_MSG_CHANNEL_CLOSE);
      assertThat(COUNTED.poll(30, TimeUnit.SECONDS)).isEqualTo(30_000);
    }
  }

  /** The app has said all that it says, and is slow to read: that is no reason to cut it off. */
  @Test
  void client_closesBehindItsData_appThatReadsLateGetsAllOfIt(Laptop laptop) throws Exception {
    try (var client = RawClient.login(gateway)) {
      var late = open(client, "late", RawClient.LARGE_WINDOW);
      var sent = fill(client, late);
      client.send(client.channelMessage(SSH_MSG_CHANNEL_EOF, late.number()));
      client.send(client.channelMessage(SSH_MSG_CHANNEL_CLOSE, late.number()));
      client.await(SSH_MSG_CHANNEL_CLOSE);
      closed.countDown();
      assertThat(COUNTED.poll(30, TimeUnit.SECONDS)).isEqualTo((int) sent);
    }
  }

  // ---- no more than the receiver takes ----

  @Test
  void clients_neverRead_gatewayKeepsLittleAndOthersGoOn(Laptop laptop) {
    try (var client = RawClient.login(gateway)) {
      var before = usedMemory();
      for (var i = 0; i < 50; i++) {
        open(client, "zeros", MEGABYTE);
      }
      var echo = open(client, "echo", RawClient.LARGE_WINDOW).number();
      client.send(client.data(echo, "still there".getBytes(StandardCharsets.US_ASCII)));
      client.send(client.channelMessage(SSH_MSG_CHANNEL_EOF, echo));
      client.await(SSH_MSG_CHANNEL_EOF);
      assertThat(usedMemory() - before).isLessThan(MARGIN + 50L * MEGABYTE); // this client's own
    }
    gateway.awaitNobody();
  }

  /** The windows are open, and yet nothing is read from the connection. */
  @Test
  void connection_isNeverRead_gatewayKeepsLittle(Laptop laptop) {
    try (var client = RawClient.login(gateway)) {
      var opened = IntStream.range(0, 50).mapToObj(_ -> open(client, "zeros", 0)).toList();
      var before = usedMemory();
      client.stopReading();
      opened.forEach(o -> client.send(client.windowAdjust(o.number(), RawClient.LARGE_WINDOW)));
      try (var other = RawClient.login(gateway)) {
        var echo = open(other, "echo", RawClient.LARGE_WINDOW).number();
        other.send(other.channelMessage(SSH_MSG_CHANNEL_EOF, echo));
        other.await(SSH_MSG_CHANNEL_EOF);
      }
      assertThat(usedMemory() - before).isLessThan(MARGIN);
    }
    gateway.awaitNobody();
  }

  @Test
  void app_neverReads_clientIsGrantedNoMoreAndOthersGoOn(Laptop laptop) {
    try (var client = RawClient.login(gateway)) {
      var deaf = open(client, "deaf", RawClient.LARGE_WINDOW);
      var sent = fill(client, deaf);
      assertThat(sent).isBetween((long) MEGABYTE, KERNEL);
      var echo = open(client, "echo", RawClient.LARGE_WINDOW).number();
      client.send(client.data(echo, new byte[100]));
      assertThat(client.await(SSH_MSG_CHANNEL_DATA).fields().available()).isEqualTo(108);
    }
  }

  /** Sends as much as is granted, until nothing more is; answers how much. */
  private static long fill(RawClient client, Opened opened) {
    var sent = 0L;
    for (var granted = opened.window(); granted > sent; granted = granted(client, opened, sent)) {
      while (sent < granted) {
        var size = (int) Math.min(granted - sent, 30_000);
        client.send(client.data(opened.number(), new byte[size]));
        sent += size;
      }
    }
    return sent;
  }

  /** Waits a second for more than was granted before: an app that reads is quicker by far. */
  private static long granted(RawClient client, Opened opened, long before) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    var granted = before;
    while (granted == before && System.nanoTime() < deadline) {
      granted =
          opened.window()
              + client.received().stream()
                  .filter(message -> message.type() == SSH_MSG_CHANNEL_WINDOW_ADJUST)
                  .map(RawClient.Message::fields)
                  .mapToLong(f -> BufferUtils.getUInt(f.array(), f.rpos() + Integer.BYTES, 4))
                  .sum();
    }
    return granted;
  }

  @Test
  void client_sendsMoreThanItMay_isCutOff(Laptop laptop) {
    try (var client = RawClient.login(gateway)) {
      var deaf = open(client, "deaf", RawClient.LARGE_WINDOW);
      for (var i = 0; i < 4000 && !client.isClosed(); i++) {
        client.push(client.data(deaf.number(), new byte[30_000]));
      }
      assertThat(client.awaitClosed()).isEqualTo("2: Protocol error or corrupt packet");
    }
  }

  @Test
  void client_opensVeryMany_isToldWhenItIsEnough(Laptop laptop) {
    try (var client = RawClient.login(gateway)) {
      for (var i = 0; i < 256; i++) {
        open(client, "deaf", 0);
      }
      client.send(openMessage(client, "deaf", 0));
      var refused = client.await(SSH_MSG_CHANNEL_OPEN_FAILURE).fields();
      refused.getUInt();
      assertThat(refused.getUInt()).as("SSH_OPEN_RESOURCE_SHORTAGE").isEqualTo(4);
    }
    gateway.awaitNobody();
  }

  private record Opened(long number, long window) {}

  private static Opened open(RawClient client, String app, long window) {
    client.send(openMessage(client, app, window));
    var confirmation = client.await(SSH_MSG_CHANNEL_OPEN_CONFIRMATION).fields();
    confirmation.getUInt();
    return new Opened(confirmation.getUInt(), confirmation.getUInt());
  }

  private static Buffer openMessage(RawClient client, String app, long window) {
    var message = client.message(SSH_MSG_CHANNEL_OPEN);
    message.putString("direct-tcpip");
    message.putUInt(0);
    message.putUInt(window);
    message.putUInt(32 << 10);
    message.putString(app);
    message.putUInt(APPS.get(app).port());
    message.putString("127.0.0.1");
    message.putUInt(1);
    return message;
  }

  private static long usedMemory() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
