package dev.gatehouse.frontdoor.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.Limits;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PenaltiesTest {
  private static final InetAddress MALLORY = InetAddress.ofLiteral("198.51.100.7");
  private static final InetAddress NEIGHBOUR = InetAddress.ofLiteral("198.51.100.8");

  private Instant now = Instant.parse("2026-11-24T12:00:00Z");
  private final Penalties penalties = new Penalties(() -> limits("{}"), () -> now);

  private static Limits limits(String more) {
    return ClusterDefinitionFile.parse("test.yaml", "limits: " + more).limits();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  @Test
  void add_belowMin_countsAndDoesNotRefuse() {
    penalties.add(MALLORY, Offence.AUTH_FAIL);
    penalties.add(MALLORY, Offence.AUTH_FAIL);
    assertThat(penalties.refuses(MALLORY)).isFalse();
    assertThat(penalties.list(10)).singleElement().matches(p -> !p.active());
  }

  @Test
  void add_untilMin_refusesUntilItIsOver() {
    for (var i = 0; i < 3; i++) {
      penalties.add(MALLORY, Offence.AUTH_FAIL);
    }
    assertThat(penalties.refuses(MALLORY)).isTrue();
    assertThat(penalties.refuses(NEIGHBOUR)).isFalse();
    pass(Duration.ofSeconds(14));
    assertThat(penalties.refuses(MALLORY)).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(penalties.refuses(MALLORY)).isFalse();
    assertThat(penalties.list(10)).isEmpty();
  }

  @Test
  void add_forEver_gathersUpToMax() {
    for (var i = 0; i < 1000; i++) {
      penalties.add(MALLORY, Offence.GRACE_EXCEEDED);
    }
    pass(Duration.ofMinutes(10).minusSeconds(1));
    assertThat(penalties.refuses(MALLORY)).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(penalties.refuses(MALLORY)).isFalse();
  }

  @Test
  void add_exempt_isForgiven() {
    for (var i = 0; i < 10; i++) {
      penalties.add(InetAddress.ofLiteral("127.3.2.1"), Offence.GRACE_EXCEEDED);
      penalties.add(InetAddress.ofLiteral("::1"), Offence.GRACE_EXCEEDED);
      penalties.add(InetAddress.ofLiteral("::ffff:127.0.0.1"), Offence.GRACE_EXCEEDED);
    }
    assertThat(penalties.list(10)).isEmpty();
  }

  @Test
  void add_neighboursInIpv6_areOneSource() {
    penalties.add(InetAddress.ofLiteral("2001:db8::1"), Offence.GRACE_EXCEEDED);
    assertThat(penalties.refuses(InetAddress.ofLiteral("2001:db8::ffff"))).isTrue();
    assertThat(penalties.refuses(InetAddress.ofLiteral("2001:db8:0:1::1"))).isFalse();
  }

  /** Who comes from ever new addresses does not fill the memory. */
  @Test
  void add_fromTooManySources_forgetsTheOneWithLeastLeft() {
    var few = new Penalties(() -> limits("{perSourcePenalties: {maxSources: 2}}"), () -> now);
    few.add(MALLORY, Offence.AUTH_FAIL);
    few.add(NEIGHBOUR, Offence.GRACE_EXCEEDED);
    few.add(InetAddress.ofLiteral("203.0.113.1"), Offence.GRACE_EXCEEDED);
    assertThat(few.list(10)).hasSize(2).noneMatch(p -> p.source().contains(MALLORY));
  }

  @Test
  void add_whenSwitchedOff_doesNothing() {
    var off = new Penalties(() -> limits("{perSourcePenalties: {enabled: false}}"), () -> now);
    off.add(MALLORY, Offence.GRACE_EXCEEDED);
    assertThat(off.refuses(MALLORY)).isFalse();
    assertThat(off.list(10)).isEmpty();
  }

  @Test
  void list_worstFirst_withItsReason() {
    penalties.add(MALLORY, Offence.AUTH_FAIL);
    penalties.add(NEIGHBOUR, Offence.GRACE_EXCEEDED);
    assertThat(penalties.list(1))
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.source().contains(NEIGHBOUR)).isTrue();
              assertThat(p.reason()).isEqualTo("graceExceeded");
              assertThat(p.until()).isEqualTo(now.plusSeconds(20));
            });
  }

  @Test
  void clear_oneAndAll_forgets() {
    penalties.add(MALLORY, Offence.GRACE_EXCEEDED);
    penalties.add(NEIGHBOUR, Offence.GRACE_EXCEEDED);
    assertThat(penalties.clear(Optional.of(MALLORY))).isEqualTo(1);
    assertThat(penalties.clear(Optional.of(MALLORY))).isZero();
    assertThat(penalties.refuses(MALLORY)).isFalse();
    assertThat(penalties.clear(Optional.empty())).isEqualTo(1);
    assertThat(penalties.refuses(NEIGHBOUR)).isFalse();
  }
}
