package dev.gatehouse.bench;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Many small files to the target, into a new folder each time. */
final class RsyncRow implements Row {
  private static final int FILES = Integer.getInteger("bench.files", 20_000);
  private static final int FILES_A_FOLDER = 200;
  private static final int BLOCK = 4096;
  private static final int SMALLEST = 100;
  private static final int LARGEST = 4000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final double goal;

  RsyncRow(double goal) {
    this.goal = goal;
  }

  @Override
  public String name() {
    return "rsync of %,d small files".formatted(FILES);
  }

  @Override
  public String unit() {
    return "files/s";
  }

  @Override
  public boolean more() {
    return true;
  }

  @Override
  public double goal() {
    return goal;
  }

  @Override
  public int rounds() {
    return 5;
  }

  @Override
  public int warmUps() {
    return 4;
  }

  @Override
  public Sample run(Contender contender) throws IOException {
    var folder = Scratch.folder(2L * FILES * BLOCK);
    try {
      var from = Files.createDirectory(folder.resolve("from"));
      fill(from);
      var rsync =
          Program.in(
                  folder,
                  List.of(
                      "rsync",
                      "-a",
                      "-e",
                      "ssh -F " + contender.config(),
                      from + "/",
                      "target:" + folder.resolve("to")))
              .within(PATIENCE);
      var began = System.nanoTime();
      rsync.run().ok();
      var seconds = (System.nanoTime() - began) / 1e9;
      Poll.until("the connection has ended", contender::isIdle);
      return Sample.of(FILES / seconds);
    } finally {
      Folders.delete(folder);
    }
  }

  /** The same each time. */
  private static void fill(Path folder) throws IOException {
    var random = new Random(1);
    for (var i = 0; i < FILES; i++) {
      var parent = folder.resolve("d" + i / FILES_A_FOLDER);
      if (i % FILES_A_FOLDER == 0) {
        Files.createDirectory(parent);
      }
      var content = new byte[random.nextInt(SMALLEST, LARGEST)];
      random.nextBytes(content);
      Files.write(parent.resolve("f" + i), content);
    }
  }
}
