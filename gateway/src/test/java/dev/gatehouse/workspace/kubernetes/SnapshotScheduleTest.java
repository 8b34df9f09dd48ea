package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.name.SnapshotName;
import dev.gatehouse.name.Username;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.HomeSnapshot;
import dev.gatehouse.workspace.HomeSnapshot.Origin;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each home once for each moment that is due, few at a time, and the newest stay. */
final class SnapshotScheduleTest extends ClusterTests {
  /** After the moment of today; homes of the mock are made now, so that today is tomorrow. */
  private final Instant noon =
      Instant.now()
          .plus(Duration.ofDays(1))
          .truncatedTo(ChronoUnit.DAYS)
          .plus(Duration.ofHours(12));

  private final AtomicReference<Instant> now = new AtomicReference<>();
  private final AtomicReference<ClusterDefinition> definition = new AtomicReference<>();
  private Optional<Instant> leads = Optional.empty();

  @BeforeEach
  void begin() {
    now.set(noon);
    definition.set(definition("schedule: '17 3 * * *', keep: 2"));
    leads = Optional.of(Instant.EPOCH);
  }

  private static ClusterDefinition definition(String snapshots) {
    return ClusterDefinitionFile.parse(
        "test", "kubernetes: {reach: direct, homes: {snapshots: {%s}}}".formatted(snapshots));
  }

  private HomeUpkeep upkeep() {
    return cluster.workspaces(definition::get, KubernetesCluster.CA, now::get).upkeep(() -> leads);
  }

  private void homes(String... people) {
    for (var person : people) {
      var owner = new Username(person);
      cluster
          .admin()
          .resource(
              new PersistentVolumeClaimBuilder()
                  .withNewMetadata()
                  .withName(ObjectName.home(owner))
                  .withNamespace(KubernetesCluster.NAMESPACE)
                  .addToLabels(Annotations.MANAGED_BY, Annotations.GATEHOUSE)
                  .addToLabels(Annotations.OWNER, ObjectName.of(owner))
                  .addToAnnotations(Annotations.PERSON, person)
                  .endMetadata()
                  .withNewSpec()
                  .withAccessModes("ReadWriteOnce")
                  .withNewResources()
                  .addToRequests("storage", new Quantity("20Gi"))
                  .endResources()
                  .endSpec()
                  .build())
          .create();
    }
    Poll.until(
        "they are bound",
        () ->
            cluster
                .admin()
                .persistentVolumeClaims()
                .inNamespace(KubernetesCluster.NAMESPACE)
                .list()
                .getItems()
                .stream()
                .allMatch(HomeClaims::isBound));
  }

  private List<String> names() {
    return cluster
        .admin()
        .genericKubernetesResources(Snapshots.KIND)
        .inNamespace(KubernetesCluster.NAMESPACE)
        .list()
        .getItems()
        .stream()
        .map(s -> s.getMetadata().getName())
        .sorted()
        .toList();
  }

  private static String name(String person, Instant due) {
    return "%s-scheduled-%s".formatted(ObjectName.home(new Username(person)), Snapshots.time(due));
  }

  /** 03:17 of that day. */
  private Instant due(int daysLater) {
    return noon.minus(Duration.ofMinutes(8 * 60 + 43)).plus(Duration.ofDays(daysLater));
  }

  @Test
  void round_homesAreDue_makesOneOfEach() {
    homes("ada", "bob");
    var upkeep = upkeep();
    upkeep.round();
    upkeep.round();
    assertThat(names()).containsExactly(name("ada", due(0)), name("bob", due(0)));
  }

  @Test
  void round_twoGatewaysLead_makeTheSame() {
    homes("ada");
    upkeep().round();
    upkeep().round();
    assertThat(names()).hasSize(1);
  }

  @Test
  void round_doesNotLead_makesNone() {
    homes("ada");
    leads = Optional.empty();
    upkeep().round();
    assertThat(names()).isEmpty();
  }

  @Test
  void round_manyMomentsWereMissed_catchesUpTheLast() {
    homes("ada");
    var upkeep = upkeep();
    upkeep.round();
    now.set(noon.plus(Duration.ofDays(5)));
    upkeep.round();
    assertThat(names()).containsExactly(name("ada", due(0)), name("ada", due(5)));
  }

  @Test
  void round_manyHomes_makesFewAtATime() {
    homes(IntStream.range(0, 45).mapToObj(i -> "p" + i).toArray(String[]::new));
    var upkeep = upkeep();
    for (var expected : new int[] {20, 40, 45, 45}) {
      upkeep.round();
      assertThat(names()).hasSize(expected);
    }
  }

  @Test
  void round_homeIsYoungerThanTheMoment_waitsForTheNext() {
    now.set(Instant.now());
    homes("ada");
    upkeep().round();
    assertThat(names()).isEmpty();
  }

  @Test
  void round_moreThanAreKept_deletesTheOldestOfItsOwn() {
    cluster.controllers().makeSnapshots();
    homes("ada");
    var byHand = await(cluster.workspaces().snapshots().orElseThrow().create(new Username("ada")));
    var upkeep = upkeep();
    for (var day = 0; day < 4; day++) {
      now.set(noon.plus(Duration.ofDays(day)));
      upkeep.round();
      var made = name("ada", due(day));
      Poll.until("it is ready", () -> isReady(made));
    }
    now.set(now.get().plus(Duration.ofMinutes(10)));
    upkeep.round();
    assertThat(names())
        .containsExactlyInAnyOrder(byHand.name().value(), name("ada", due(2)), name("ada", due(3)));
  }

  private boolean isReady(String snapshot) {
    return cluster
            .admin()
            .genericKubernetesResources(Snapshots.KIND)
            .inNamespace(KubernetesCluster.NAMESPACE)
            .withName(snapshot)
            .get()
            .get("status")
        != null;
  }

  @Test
  void round_noScheduleAnyMore_makesNone() {
    homes("ada");
    definition.set(definition(""));
    upkeep().round();
    assertThat(names()).isEmpty();
  }

  @Test
  void round_oneIsRefused_isTriedAgainLater() {
    homes("ada", "bob");
    cluster.server().fail("POST .*/volumesnapshots", 403, 1);
    var upkeep = upkeep();
    upkeep.round();
    assertThat(names()).containsExactly(name("bob", due(0)));
    now.set(noon.plus(Duration.ofMinutes(6)));
    upkeep.round();
    assertThat(names()).hasSize(2);
  }

  @Test
  void round_noSnapshotApi_asksRarely() {
    homes("ada", "bob");
    cluster.server().fail("POST .*/volumesnapshots", 404, Integer.MAX_VALUE);
    var upkeep = upkeep();
    for (var minute = 0; minute < 60; minute++) {
      now.set(noon.plus(Duration.ofMinutes(minute)));
      upkeep.round();
    }
    assertThat(
            cluster.server().accesses().stream()
                .filter(a -> a.verb().equals("create") && a.resource().equals("volumesnapshots")))
        .hasSize(1);
  }

  // ---- which go ----

  private HomeSnapshot snapshot(int day, boolean ready) {
    return new HomeSnapshot(
        new SnapshotName("s" + day),
        ALICE,
        noon.plus(Duration.ofDays(day)),
        Optional.empty(),
        Origin.SCHEDULE,
        ready,
        Optional.empty());
  }

  @Test
  void superfluous_someNeverReady_takeNobodysPlace() {
    var made =
        List.of(
            snapshot(1, true),
            snapshot(2, false),
            snapshot(3, true),
            snapshot(4, true),
            snapshot(5, false));
    assertThat(SnapshotSchedule.superfluous(made, 2))
        .extracting(s -> s.name().value())
        .containsExactly("s1", "s2");
  }

  @Test
  void superfluous_noneIsReady_allStay() {
    assertThat(
            SnapshotSchedule.superfluous(
                List.of(snapshot(1, false), snapshot(2, false), snapshot(3, false)), 1))
        .isEmpty();
  }
}
