package dev.gatehouse.attacks;

import static dev.gatehouse.testkit.RawSsh.message;
import static dev.gatehouse.testkit.RawSsh.string;
import static dev.gatehouse.testkit.RawSsh.uint32;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.GatewayProcess;
import dev.gatehouse.testkit.Nightly;
import dev.gatehouse.testkit.RawKey;
import dev.gatehouse.testkit.RawSsh;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Slowloris (2009), turned around: fifty clients ask for endless output and read a megabit a second
 * of it, so that all that is for them waits somewhere. It waits in the workspaces: the gateway has
 * 256 MB and others' {@code ssh … true} takes no more than twice its idle time.
 */
@Isolated("it measures time")
@Nightly
final class SlowReadersIT {
  private static final int READERS = 50;
  private static final int ROUNDS = 3;
  private static final int TRIES = 20;
  private static final long BITS_PER_SECOND = 1_000_000;

  /** What a busy machine adds now and then to the slowest of all tries. */
  private static final long ALLOWANCE_MILLIS = 500;

  private static final int CHANNEL_CLOSE = 97;

  private final RawKey alice = new RawKey();
  private final RawKey mallory = new RawKey();

  @Test
  void others_whileFiftyReadSlowly_areServedNearlyAsFast() {
    var idle = new ArrayList<Long>();
    var loaded = new ArrayList<Long>();
    try (var gateway = GatewayProcess.start("gateway: {port: 0}", alice, mallory)) {
      measure(gateway, new ArrayList<>());
      for (var round = 0; round < ROUNDS; round++) {
        measure(gateway, idle);
        measureBesideReaders(gateway, loaded);
      }
      assertThat(gateway.isAlive()).isTrue();
      assertThat(gateway.log()).doesNotContain("OutOfMemoryError");
    }
    assertThat(percentile(loaded, 50)).isLessThan(2 * percentile(idle, 50) + 100);
    assertThat(percentile(loaded, 99)).isLessThan(2 * percentile(idle, 99) + ALLOWANCE_MILLIS);
  }

  private void measureBesideReaders(GatewayProcess gateway, List<Long> times) {
    var readers = new ArrayList<RawSsh>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < READERS; i++) {
        readers.add(reader(gateway, threads));
      }
      measure(gateway, times);
      readers.forEach(RawSsh::close);
    }
  }

  private RawSsh reader(GatewayProcess gateway, ExecutorService threads) {
    var ssh = RawSsh.loggedIn(gateway.port(), "mallory", mallory);
    exec(ssh, "exec cat /dev/zero");
    threads.execute(() -> readSlowly(ssh));
    return ssh;
  }

  /** The pauses are what makes it slow; nothing is waited for. */
  private static void readSlowly(RawSsh ssh) {
    for (var packet = ssh.read(); packet.length > 0; packet = ssh.read()) {
      LockSupport.parkNanos(8_000_000_000L * packet.length / BITS_PER_SECOND);
    }
  }

  /** A connection, a login and a command, as {@code ssh alice@gateway true} is. */
  private void measure(GatewayProcess gateway, List<Long> times) {
    for (var i = 0; i < TRIES; i++) {
      var began = System.nanoTime();
      try (var ssh = RawSsh.loggedIn(gateway.port(), "alice", alice)) {
        exec(ssh, "true");
        ssh.expect(CHANNEL_CLOSE);
      }
      times.add((System.nanoTime() - began) / 1_000_000);
    }
  }

  private static void exec(RawSsh ssh, String command) {
    ssh.packet(
        message(90, string("session"), uint32(0), uint32(Integer.MAX_VALUE), uint32(1 << 15)));
    ssh.expect(91);
    ssh.packet(message(98, uint32(0), string("exec"), new byte[] {1}, string(command)));
  }

  private static long percentile(List<Long> times, int percent) {
    return times.stream().sorted().toList().get((times.size() - 1) * percent / 100);
  }
}
