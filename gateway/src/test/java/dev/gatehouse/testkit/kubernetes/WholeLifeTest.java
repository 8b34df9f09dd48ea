package dev.gatehouse.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a gateway asks an API server for is known, and little: a Role must allow no more. */
class WholeLifeTest {
  private static final String ALL =
      """
      create /configmaps
      create /persistentvolumeclaims
      create /secrets
      create /services
      create apps/statefulsets
      create batch/jobs
      create snapshot.storage.k8s.io/volumesnapshots
      delete /persistentvolumeclaims
      delete /secrets
      delete /services
      delete apps/statefulsets
      delete snapshot.storage.k8s.io/volumesnapshots
      get /configmaps
      get /persistentvolumeclaims
      get /pods/log
      get /secrets
      get apps/statefulsets
      get batch/jobs
      get metrics.k8s.io/pods
      get snapshot.storage.k8s.io/volumesnapshots
      list /events
      list /persistentvolumeclaims
      list /pods
      list /secrets
      list apps/statefulsets
      list snapshot.storage.k8s.io/volumesnapshots
      patch /configmaps
      patch /persistentvolumeclaims
      patch /secrets
      patch /services
      patch apps/statefulsets
      patch snapshot.storage.k8s.io/volumesnapshots
      watch /events
      watch /pods
      watch /secrets
      watch apps/statefulsets
      """;

  @Test
  void accesses_wholeLife_areThese() {
    List<String> asked =
        WholeLife.accesses().stream()
            .map(a -> a.verb() + " " + a.group() + "/" + a.resource())
            .distinct()
            .sorted()
            .toList();

    assertThat(String.join("\n", asked) + "\n").isEqualTo(ALL);
  }
}
