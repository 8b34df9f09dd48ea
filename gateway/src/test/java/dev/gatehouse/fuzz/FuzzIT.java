package dev.gatehouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Nightly;
import dev.gatehouse.testkit.Program;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Jazzer, in a process of its own for each target, begins at the corpus and looks for new ways
 * through the parser until its time is over. What it finds is kept in the corpus, where {@link
 * CorpusTest} runs it ever after.
 *
 * <p>{@code -Dfuzz.seconds=600} looks longer, {@code -Dfuzz.seed=0} elsewhere each time, {@code
 * -Dfuzz.keep} puts inputs that reach new code into the corpus.
 */
@Nightly
final class FuzzIT {
  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 5);
  private static final int SEED = Integer.getInteger("fuzz.seed", 1);
  private static final boolean KEEP = System.getProperty("fuzz.keep") != null;

  /** How long one input may take, on a loaded machine too. */
  private static final int SECONDS_AN_INPUT = 20;

  static List<FuzzTarget> targets() {
    return FuzzTargets.all();
  }

  @ParameterizedTest
  @MethodSource("targets")
  @Execution(ExecutionMode.CONCURRENT)
  void fuzz_untilTimeIsOver_findsNothing(FuzzTarget target) throws IOException {
    var work = Path.of("target/fuzz", target.name()).toAbsolutePath();
    if (Files.exists(work)) {
      Folders.delete(work);
    }
    var found = Files.createDirectories(work.resolve("found"));
    var corpus = Corpus.of(target).folder();
    var result =
        jazzer(target, work)
            .and(
                "-seed=" + SEED,
                "-max_total_time=" + SECONDS,
                "-timeout=" + SECONDS_AN_INPUT,
                "-max_len=16384",
                found.toString(),
                corpus.toString())
            .within(Duration.ofSeconds(SECONDS + 120L))
            .run();
    assertThat(failuresInto(corpus, work)).as("now in the corpus; %s", result).isEmpty();
    assertThat(result.ok().stderr()).containsPattern("Done [0-9]{3,} runs");
    if (KEEP) {
      jazzer(target, work)
          .and("-merge=1", corpus.toString(), found.toString())
          .within(Duration.ofMinutes(5))
          .run()
          .ok();
    }
  }

  private static Program jazzer(FuzzTarget target, Path work) {
    return Program.in(
            work,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + JazzerEntry.class.getName(),
                "--target_args=" + target.name(),
                "--instrumentation_includes=dev.gatehouse.**:org.yaml.snakeyaml.**",
                "--reproducer_path=" + work,
                "-artifact_prefix=" + work + "/"))
        .in(Path.of("").toAbsolutePath());
  }

  /** Where Jazzer finds JUnit, it looks for JUnit's tests first, which takes seconds. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.contains("/org/junit/"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Crashes and timeouts are files beside the folder of what was found. */
  private static List<String> failuresInto(Path corpus, Path work) throws IOException {
    try (var files = Files.list(work)) {
      return files
          .filter(f -> Stream.of("crash-", "timeout-", "oom-").anyMatch(name(f)::startsWith))
          .map(f -> copy(f, corpus.resolve(name(f))))
          .toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static String copy(Path from, Path to) {
    try {
      return Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
