package dev.gatehouse.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The programs that a test needs. One that is missing fails the test where {@code CI=true}, and
 * skips it elsewhere; {@link SkippedTests} then says at the end of the run how to get it.
 */
public final class Programs {
  /** An ordinary user's PATH lacks the folders of daemons. */
  public static final String PATH =
      System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin") + ":/usr/sbin:/sbin";

  /** What has everything that tests need, and tells so. */
  private static final String ALL = "sudo bash .ci/run";

  private Programs() {}

  /**
   * Finds a program on the PATH.
   *
   * @param debianPackage what {@code apt-get install} needs to hear to bring it
   */
  public static Path require(String program, String debianPackage) {
    return find(program).orElseThrow(() -> missing(program, "apt-get install", debianPackage));
  }

  /** Asks for the rights of root: to run containers, or to make networks. */
  public static void requireRoot(String reason) {
    requireThat("root".equals(System.getProperty("user.name")), reason, ALL);
  }

  /** Asks for a file that some package or script brings, such as a library of a language. */
  public static Path requireFile(Path file, String installer, String what) {
    if (!Files.exists(file)) {
      throw missing(file.toString(), installer, what);
    }
    return file;
  }

  /**
   * As {@link #require}, for what is no program.
   *
   * @param reason what the run lacks, such as {@code containers can be run by root only}
   * @param remedy the command that runs it all the same
   */
  public static void requireThat(boolean holds, String reason, String remedy) {
    if (!holds && inCi()) {
      Assertions.fail(reason);
    }
    skipUnless(holds, reason, remedy);
  }

  /**
   * Skips, in CI too, what this machine as such cannot do, whatever is installed.
   *
   * @param reason what it lacks, such as {@code no /dev/fuse}
   * @param remedy what would help
   */
  public static void skipUnless(boolean possible, String reason, String remedy) {
    if (!possible) {
      SkippedTests.note(reason, remedy);
      Assumptions.abort(reason);
    }
  }

  private static boolean inCi() {
    return "true".equals(System.getenv("CI"));
  }

  private static Optional<Path> find(String program) {
    if (program.contains("/")) {
      return Optional.of(Path.of(program)).filter(Files::isExecutable);
    }
    return Stream.of(PATH.split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Never returns; its type lets a caller say {@code throw}, so that the compiler knows too. */
  private static RuntimeException missing(String program, String installer, String what) {
    var message = program + " is missing: " + installer + " " + what;
    if (inCi()) {
      return Assertions.fail(message);
    }
    SkippedTests.note(program, installer, what);
    return Assumptions.abort(message);
  }
}
