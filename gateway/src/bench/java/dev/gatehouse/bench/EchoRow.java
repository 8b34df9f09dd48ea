package dev.gatehouse.bench;

import dev.gatehouse.testkit.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How long a keystroke takes to come back from a terminal's {@code cat}.
 *
 * @param busy beside a download by another connection
 */
record EchoRow(int percentile, boolean busy, boolean isAgainstDirect, double goal) implements Row {
  private static final int KEYS = 2000;
  private static final int WARM_UP = 200;

  @Override
  public String name() {
    return "keystroke echo p%d%s%s"
        .formatted(
            percentile,
            busy ? ", beside a bulk transfer" : "",
            isAgainstDirect ? ", against the target itself" : "");
  }

  @Override
  public String unit() {
    return "µs";
  }

  @Override
  public boolean more() {
    return false;
  }

  /** One stolen time slice is the whole of a p99. */
  @Override
  public int rounds() {
    return 9;
  }

  @Override
  public int warmUps() {
    return 4;
  }

  @Override
  public Sample run(Contender contender) throws Exception {
    if (!busy) {
      return Sample.of(echo(contender));
    }
    var line =
        "exec setsid ssh -F '%s' target 'cat /dev/zero' > /dev/null".formatted(contender.config());
    try (var _ =
        Program.in(Path.of("/"), List.of("sh", "-c", line))
            .within(Duration.ofMinutes(10))
            .start()) {
      return Sample.of(echo(contender));
    }
  }

  private double echo(Contender contender) throws IOException {
    var ssh =
        Program.in(Path.of("/"), contender.ssh("-tt", "target", "stty raw -echo; echo R; cat"))
            .typed()
            .launch();
    try {
      var in = ssh.getInputStream();
      while (in.read() != '\n') {
        // Until cat is about to begin.
      }
      var out = ssh.getOutputStream();
      var times = new double[KEYS];
      for (var i = -WARM_UP; i < KEYS; i++) {
        var began = System.nanoTime();
        out.write('x');
        out.flush();
        if (in.read() < 0) {
          throw new IOException("the session has ended");
        }
        if (i >= 0) {
          times[i] = (System.nanoTime() - began) / 1e3;
        }
      }
      Arrays.sort(times);
      return times[(KEYS - 1) * percentile / 100];
    } finally {
      ssh.destroyForcibly();
    }
  }
}
