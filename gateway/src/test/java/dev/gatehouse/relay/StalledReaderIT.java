package dev.gatehouse.relay;

import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.StagedGateway;
import java.time.Duration;
import org.apache.sshd.common.util.buffer.Buffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Somebody does not read: a channel's window, or the whole connection. Their sender stops, nobody
 * else waits, and the gateway keeps little.
 */
@Isolated("it measures the heap")
class StalledReaderIT {
  private static final long MEGABYTE = 1 << 20;

  /** What the gateway may keep for one such client, and what a loaded JVM adds to a measurement. */
  private static final long MARGIN = 64 * MEGABYTE;

  private static final Duration PAUSE = Duration.ofSeconds(3);

  /** Thirty seconds without a packet taken, looked at every thirty seconds, and some patience. */
  private static final Duration CUT_OFF = Duration.ofSeconds(90);

  private static StagedGateway gateway;

  @BeforeAll
  static void startGateway() {
    gateway = StagedGateway.start();
  }

  @AfterAll
  static void stopGateway() {
    gateway.close();
  }

  @Test
  void channel_isNeverRead_othersOfTheConnectionGoOn() {
    try (var client = RawClient.login(gateway)) {
      var before = usedMemory();
      for (var i = 0; i < 5; i++) {
        var stalled = client.openSession(MEGABYTE);
        client.exec(stalled, "exec yes");
      }
      var busy = client.openSession(RawClient.LARGE_WINDOW);
      client.exec(busy, "head -c 3000000 /dev/zero; echo; echo the end");
      awaitText(client, "the end\n");
      assertThat(usedMemory() - before).isLessThan(MARGIN);
    }
    gateway.awaitNobody();
  }

  @Test
  void channel_isNeverRead_bringsNoMoreThanItsWindow() {
    try (var client = RawClient.login(gateway)) {
      var window = 100_000L;
      var stalled = client.openSession(window);
      client.exec(stalled, "exec yes");
      var received = 0L;
      while (received < window - 2048) {
        var data = client.await(SSH_MSG_CHANNEL_DATA).fields();
        data.getUInt();
        received += data.getUInt();
      }
      var busy = client.openSession(RawClient.LARGE_WINDOW);
      client.exec(busy, "sleep 0.3; echo the end");
      received += awaitText(client, "the end\n");
      assertThat(received).isLessThanOrEqualTo(window);
    }
  }

  /**
   * The attack: ask for an answer, never read one, and again. Each answer is small, none is taken,
   * and MINA alone would keep them all.
   */
  @Test
  void answers_areNeverRead_clientIsPausedAndThenCutOff() {
    try (var client = RawClient.login(gateway)) {
      var before = usedMemory();
      client.stopReading();
      assertThat(floodUntilPaused(client)).isTrue();
      assertThat(usedMemory() - before).isLessThan(MARGIN);
      try (var other = RawClient.login(gateway)) {
        other.exec(other.openSession(RawClient.LARGE_WINDOW), "echo fine");
        awaitText(other, "fine\n");
        assertThat(gateway.connections()).as("that one was not waited for").isEqualTo(2);
      }
      Poll.until(() -> "the client is cut off", CUT_OFF, () -> gateway.connections() == 0);
    }
  }

  private static boolean floodUntilPaused(RawClient client) {
    for (var i = 0; i < 2_000_000; i++) {
      var keepalive = client.globalRequest("keepalive@openssh.com", true);
      if (i % 64 != 0) {
        client.push(keepalive);
      } else if (!client.offer(keepalive, PAUSE)) {
        return true;
      }
    }
    return false;
  }

  /** Answers how many bytes of data came before it on other channels. */
  private static long awaitText(RawClient client, String text) {
    var others = 0L;
    while (true) {
      var data = client.await(SSH_MSG_CHANNEL_DATA).fields();
      data.getUInt();
      if (text(data).endsWith(text)) {
        return others;
      }
      others += data.wpos() - 8;
    }
  }

  private static String text(Buffer data) {
    return data.getString();
  }

  private static long usedMemory() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
