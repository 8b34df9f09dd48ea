package dev.gatehouse.frontdoor.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.Limits;
import dev.gatehouse.cluster.Limits.MaxStartups;
import dev.gatehouse.net.Cidr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StartupsTest {
  private static final Limits LIMITS =
      ClusterDefinitionFile.parse(
              "test.yaml", "limits: {maxStartups: '2:50:4', perSourceMaxStartups: 2}")
          .limits();

  private static Startups startups(double chance) {
    return new Startups(() -> LIMITS, () -> chance);
  }

  /** sshd_config(5): rate/100 at start, and certain at full. */
  @ParameterizedTest
  @CsvSource({"0, 0", "9, 0", "10, 0.3", "55, 0.65", "99, 0.9922", "100, 1", "500, 1"})
  void refusal_growsLinearly(int present, double probability) {
    assertThat(Startups.refusal(new MaxStartups(10, 30, 100), present))
        .isEqualTo(probability, within(0.0001));
  }

  @Test
  void enter_untilFull_thenRefusesUntilOneLeaves() {
    var startups = startups(0.999);
    for (var i = 0; i < 4; i++) {
      assertThat(startups.enter()).isTrue();
    }
    assertThat(startups.enter()).isFalse();
    startups.leave();
    assertThat(startups.enter()).isTrue();
    assertThat(startups.total()).isEqualTo(4);
  }

  @Test
  void enter_unluckyAboveStart_isRefusedEarly() {
    var startups = startups(0.49);
    assertThat(startups.enter()).isTrue();
    assertThat(startups.enter()).isTrue();
    assertThat(startups.enter()).isFalse();
  }

  @Test
  void enter_ofOneSource_isBoundedByItself() {
    var startups = startups(0.999);
    var source = Cidr.parse("192.0.2.1");
    assertThat(startups.enter(source)).isTrue();
    assertThat(startups.enter(source)).isTrue();
    assertThat(startups.enter(source)).isFalse();
    assertThat(startups.enter(Cidr.parse("192.0.2.2"))).isTrue();
    startups.leave(source);
    assertThat(startups.enter(source)).isTrue();
  }
}
