package dev.gatehouse.bench;

import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Bulk data through a command, to or from the client. */
record ExecRow(String cipher, boolean upload, long mib, double goal) implements Row {
  private static final double GIB = 1 << 30;
  private static final int WARM_UP = 8; // the part of the bytes
  private static final double MB = 1e6;

  @Override
  public String name() {
    return "%s, %s".formatted(upload ? "upload" : "download", cipher);
  }

  @Override
  public String unit() {
    return "MB/s";
  }

  @Override
  public boolean more() {
    return true;
  }

  /** Of so many bytes each that one turn averages over seconds. */
  @Override
  public int rounds() {
    return 3;
  }

  @Override
  public Row warmUp() {
    return new ExecRow(cipher, upload, mib / WARM_UP, goal);
  }

  @Override
  public Sample run(Contender contender) {
    var bytes = mib << 20;
    var source = "head -c %d /dev/zero".formatted(bytes);
    // Ciphers stands in the environment of both hops: a command line's -c is for the last one only.
    var ssh =
        "ssh -F '%s' -o Ciphers=%s %s target"
            .formatted(contender.config(), cipher, jumpOption(contender));
    var line =
        upload
            ? "%s | %s 'cat > /dev/null'".formatted(source, ssh)
            : "%s '%s' > /dev/null".formatted(ssh, source);
    var cpu = contender.cpuSeconds();
    var began = System.nanoTime();
    Program.in(Path.of("/"), List.of("sh", "-c", line)).within(Duration.ofMinutes(10)).run().ok();
    var seconds = (System.nanoTime() - began) / 1e9;
    Poll.until("the connection has ended", contender::isIdle);
    return new Sample(bytes / MB / seconds, (contender.cpuSeconds() - cpu) / (bytes / GIB));
  }

  /** The same cipher on the hop to the jump host. */
  private String jumpOption(Contender contender) {
    return contender instanceof JumpHost
        ? "-o ProxyCommand=\"ssh -F '%s' -o Ciphers=%s -W %%h:%%p jump\""
            .formatted(contender.config(), cipher)
        : "";
  }
}
