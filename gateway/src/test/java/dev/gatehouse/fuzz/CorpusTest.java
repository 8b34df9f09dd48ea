package dev.gatehouse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What once failed never fails again. */
final class CorpusTest {
  static List<FuzzTarget> targets() {
    return FuzzTargets.all();
  }

  static Stream<Arguments> inputs() {
    return targets().stream()
        .flatMap(t -> Corpus.of(t).files().stream().map(f -> Arguments.of(t, f.getFileName(), f)));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void corpus_ofEachTarget_isThere(FuzzTarget target) {
    assertThat(Corpus.of(target).files()).isNotEmpty();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("inputs")
  void check_inputOfTheCorpus_holds(FuzzTarget target, Path name, Path file) {
    assertThat(name).isNotNull();
    Assertions.assertTimeout(Duration.ofSeconds(5), () -> target.check(Corpus.read(file)));
  }
}
