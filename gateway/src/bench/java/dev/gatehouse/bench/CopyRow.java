package dev.gatehouse.bench;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Program;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A file as people copy it.
 *
 * @param program {@code scp}, which speaks SFTP too, or {@code sftp}
 */
record CopyRow(String program, boolean upload, long mib, double goal) implements Row {
  private static final double GIB = 1 << 30;
  private static final int WARM_UP = 8; // the part of the bytes
  private static final double MB = 1e6;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Override
  public String name() {
    return "%s %s".formatted(program, upload ? "up" : "down");
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
    return new CopyRow(program, upload, mib / WARM_UP, goal);
  }

  @Override
  public Sample run(Contender contender) throws IOException {
    var bytes = mib << 20;
    var folder = Scratch.folder(2 * bytes);
    try {
      var from = zeros(folder.resolve("from"), bytes);
      var to = folder.resolve("to");
      var copy = copy(contender, folder, from, to);
      var cpu = contender.cpuSeconds();
      var began = System.nanoTime();
      copy.run().ok();
      var seconds = (System.nanoTime() - began) / 1e9;
      Poll.until("the connection has ended", contender::isIdle);
      if (Files.size(to) != bytes) {
        throw new IOException("%s has %d bytes of %d".formatted(to, Files.size(to), bytes));
      }
      return new Sample(bytes / MB / seconds, (contender.cpuSeconds() - cpu) / (bytes / GIB));
    } finally {
      Folders.delete(folder);
    }
  }

  private Program copy(Contender contender, Path folder, Path from, Path to) {
    var command = Program.in(folder, List.of(program, "-q", "-F", contender.config().toString()));
    if (program.equals("sftp")) {
      var line = "%s %s %s\n".formatted(upload ? "put" : "get", from, to);
      var batch = Folders.write(folder.resolve("batch"), line);
      return command.and("-b", batch.toString(), "target").within(PATIENCE);
    }
    return (upload
            ? command.and(from.toString(), "target:" + to)
            : command.and("target:" + from, to.toString()))
        .within(PATIENCE);
  }

  /** It has no blocks on the disk, so that reading it costs as little as can be. */
  private static Path zeros(Path file, long bytes) throws IOException {
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(bytes);
    }
    return file;
  }
}
