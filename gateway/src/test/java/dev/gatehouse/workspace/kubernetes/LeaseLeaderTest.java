package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.kubernetes.ApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LeaseLeaderTest {
  private final ApiServer api = ApiServer.start();
  private final KubernetesClient client = api.client();
  private Instant now = Instant.parse("2026-11-25T12:00:00Z");
  private final LeaseLeader one = gateway("one", Duration.ZERO);
  private final LeaseLeader other = gateway("other", Duration.ZERO);

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  @Test
  void round_nobodyLeads_theFirstDoes() {
    one.round();
    other.round();
    assertThat(one.since()).contains(now);
    assertThat(other.since()).isEmpty();
  }

  @Test
  void round_renewed_leadsOnSinceTheBeginning() {
    var begin = now;
    for (var i = 0; i < 10; i++) {
      one.round();
      other.round();
      pass(10);
    }
    assertThat(one.since()).contains(begin);
    assertThat(other.since()).isEmpty();
  }

  @Test
  void since_apiServerIsAway_isOverBeforeAnotherCanTakeIt() {
    one.round();
    other.round();
    api.down();
    pass(21);
    one.round();
    assertThat(one.since()).isEmpty();
    api.up();
    other.round();
    assertThat(other.since()).isEmpty();
    pass(10);
    other.round();
    assertThat(other.since()).contains(now);
    one.round();
    assertThat(one.since()).isEmpty();
  }

  @Test
  void round_afterAnOutage_leadsSinceThen() {
    one.round();
    pass(25);
    one.round();
    assertThat(one.since()).contains(now);
  }

  /** Its clock is an hour ahead: by that the lease ran out long ago. */
  @Test
  void round_clocksDiffer_waitsAsLongAsOthers() {
    var ahead = gateway("ahead", Duration.ofHours(1));
    one.round();
    ahead.round();
    pass(20);
    one.round();
    ahead.round();
    pass(15);
    one.round();
    ahead.round();
    assertThat(ahead.since()).isEmpty();
    assertThat(one.since()).isPresent();
  }

  @Test
  void release_byTheLeader_anotherLeadsAtOnce() {
    one.round();
    one.release();
    assertThat(one.since()).isEmpty();
    other.round();
    assertThat(other.since()).contains(now);
  }

  @Test
  void release_byAnother_changesNothing() {
    one.round();
    other.release();
    one.round();
    assertThat(one.since()).contains(now);
  }

  @Test
  void round_twoTakeItAtTheSameMoment_oneLeads() {
    one.round();
    one.release();
    api.fail("PUT .*/leases/gatehouse-leader", 409, 1);
    one.round();
    assertThat(one.since()).isEmpty();
    other.round();
    one.round();
    assertThat(Stream.of(one, other).filter(l -> l.since().isPresent())).containsExactly(other);
  }

  private LeaseLeader gateway(String name, Duration ahead) {
    return new LeaseLeader(client, "gatehouse", "gatehouse-leader", name, () -> now.plus(ahead));
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }
}
