package dev.gatehouse.platform.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.snapshots.SnapshotCopies.Copy;
import dev.gatehouse.platform.snapshots.SnapshotCopies.Source;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each snapshot of the schedule once in the other region, and no more than are kept. */
final class SnapshotCopierTest {
  private static final String NAMESPACE = "gatehouse-workspaces";

  /** A region in memory. */
  private static final class FakeCopies implements SnapshotCopies {
    private final List<Copy> all = new ArrayList<>();

    @Override
    public List<Copy> in(String region) {
      return List.copyOf(all);
    }

    @Override
    public void copy(Source source, String region) {
      all.add(new Copy("copy-" + (all.size() + 1), source, true));
    }

    @Override
    public void delete(Copy copy, String region) {
      all.remove(copy);
    }

    private List<String> handles() {
      return all.stream().map(copy -> copy.source().handle()).sorted().toList();
    }
  }

  private final ApiServer server = ApiServer.start();
  private final KubernetesClient client = server.client();
  private final FakeCopies copies = new FakeCopies();
  private final SnapshotCopier copier =
      new SnapshotCopier(
          new LiveObjects(client),
          () -> Optional.of(new SnapshotCopier.Settings(NAMESPACE, "eu-west-1", 2, copies)));

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private void snapshot(int day, String origin, boolean ready) {
    make(
        "VolumeSnapshot",
        NAMESPACE,
        "s" + day,
        Map.of("gatehouse.dev/snapshot-for", origin),
        Map.of(
            "spec",
            Map.of("source", Map.of("persistentVolumeClaimName", "home-ada")),
            "status",
            Map.of(
                "readyToUse",
                ready,
                "creationTime",
                "2026-11-%02dT03:17:00Z".formatted(day),
                "boundVolumeSnapshotContentName",
                "c" + day)));
    make(
        "VolumeSnapshotContent",
        null,
        "c" + day,
        Map.of(),
        Map.of("status", Map.of("snapshotHandle", "snap-" + day)));
  }

  private void make(
      String kind, String namespace, String name, Map<String, String> labels, Map<String, ?> more) {
    client
        .resource(
            new GenericKubernetesResourceBuilder()
                .withApiVersion("snapshot.storage.k8s.io/v1")
                .withKind(kind)
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(labels)
                .endMetadata()
                .withAdditionalProperties(Map.copyOf(more))
                .build())
        .create();
  }

  @Test
  void round_ofTheScheduleAndReady_areCopiedOnce() throws Exception {
    snapshot(1, "schedule", true);
    snapshot(2, "schedule", false);
    snapshot(3, "person", true);
    copier.round();
    copier.round();
    assertThat(copies.handles()).containsExactly("snap-1");
  }

  @Test
  void round_moreThanAreKept_deletesTheOldest() throws Exception {
    for (var day = 1; day <= 3; day++) {
      snapshot(day, "schedule", true);
    }
    copier.round();
    copier.round();
    assertThat(copies.handles()).contains("snap-2", "snap-3");
  }

  @Test
  void superfluous_twoOfOneSnapshot_oneGoes() {
    var source = new Source("snap-1", "home-ada", Instant.EPOCH);
    assertThat(
            SnapshotCopier.superfluous(
                List.of(new Copy("a", source, true), new Copy("b", source, true)), 5))
        .extracting(Copy::id)
        .containsExactly("b");
  }

  @Test
  void superfluous_notReady_takesNobodysPlace() {
    var there =
        List.of(
            new Copy("a", new Source("1", "home-ada", Instant.ofEpochSecond(1)), true),
            new Copy("b", new Source("2", "home-ada", Instant.ofEpochSecond(2)), true),
            new Copy("c", new Source("3", "home-ada", Instant.ofEpochSecond(3)), false));
    assertThat(SnapshotCopier.superfluous(there, 1)).extracting(Copy::id).containsExactly("a");
  }
}
