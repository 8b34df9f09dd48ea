package dev.gatehouse.metrics;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/operations.md lists what there is to measure, and alerts use nothing else. */
final class MetricsDocTest {
  private static final String DOC = Folders.read(Path.of("..", "docs", "operations.md"));
  private static final Pattern SUFFIX = Pattern.compile("_(bucket|count|sum|max)$");

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(m -> SUFFIX.matcher(m.group(1)).replaceFirst(""))
        .collect(toSet());
  }

  @Test
  void doc_metrics_areThoseOfAScrape() {
    var counted = new Counted(new Tally<>(), new Tally<>(), new Starts());
    counted.logins().count(Outcome.GRANTED);
    counted.refusals().count("penalty");
    counted.starts().ended(Duration.ZERO, null);
    try (var metrics = new Metrics("1", () -> Readings.NONE, counted)) {
      var there = names(Pattern.compile("(?m)^(gatehouse_[a-z_]+)"), metrics.scrape());
      assertThat(names(Pattern.compile("(?m)^\\| `(gatehouse_[a-z_]+)`"), DOC)).isEqualTo(there);
      assertThat(names(Pattern.compile("[ (](gatehouse_[a-z_]+)[{\\[)]"), DOC)).isSubsetOf(there);
    }
  }
}
