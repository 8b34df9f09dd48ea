package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One slow start is no rule for everybody. */
class EstimateTest {
  @Test
  void of_oneSlowStart_isNothing() {
    assertThat(Estimate.of(sets("150"))).isEmpty();
  }

  @Test
  void of_aSlowStartAmongOthers_isWhatIsUsual() {
    assertThat(Estimate.of(sets("6,150,5"))).contains(Duration.ofSeconds(6));
    assertThat(Estimate.of(sets("5,6", "150,150"))).contains(Duration.ofSeconds(6));
  }

  @Test
  void of_whatPeopleHaveWritten_isLeftOut() {
    assertThat(Estimate.of(sets("soon", "", "-3", "4,5,6"))).contains(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({"'', 7", "'5', '5,7'", "'1,2,3,4,5', '2,3,4,5,7'", "'soon', 7"})
  void remember_another_keepsTheLastFew(String before, String after) {
    assertThat(Estimate.remember(before, 7)).isEqualTo(after);
  }

  private static List<StatefulSet> sets(String... remembered) {
    return Arrays.stream(remembered)
        .map(
            seconds ->
                new StatefulSetBuilder()
                    .withNewMetadata()
                    .addToAnnotations(Annotations.START_SECONDS, seconds)
                    .endMetadata()
                    .build())
        .toList();
  }
}
