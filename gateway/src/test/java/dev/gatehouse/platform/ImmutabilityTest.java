package dev.gatehouse.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.platform.ObjectChange.Action;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.Manifests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImmutabilityTest {
  @ParameterizedTest
  @CsvSource({
    "PriorityClass, value, 1, 2",
    "StorageClass, parameters.type, gp2, gp3",
    "RoleBinding, roleRef.name, one, two",
    "Job, spec.template.spec.containers[a].image, a:1, a:2",
    "Deployment, spec.selector.matchLabels.app, one, two",
    "Secret, type, Opaque, kubernetes.io/tls",
  })
  void of_immutableField_replaces(String kind, String path, String before, String after) {
    var change = change(object(kind, "{}"), path, before, after);

    assertThat(change.action()).isEqualTo(Action.REPLACE);
    assertThat(change.note()).contains(path + " cannot be changed");
  }

  @ParameterizedTest
  @CsvSource({
    "PriorityClass, description, one, two",
    "StorageClass, allowVolumeExpansion, false, true",
    "Deployment, spec.selectors, one, two",
    "PersistentVolumeClaim, spec.resources.requests.storage, 10Gi, 20Gi",
  })
  void of_mutableField_changes(String kind, String path, String before, String after) {
    assertThat(change(object(kind, "{}"), path, before, after))
        .returns(Action.CHANGE, ObjectChange::action)
        .returns(true, c -> c.refusal().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "PersistentVolumeClaim, spec.resources.requests.storage, 20Gi, 10Gi",
    "PersistentVolumeClaim, spec.storageClassName, gp2, gp3",
    "StatefulSet, spec.volumeClaimTemplates[0].spec.storageClassName, gp2, gp3",
  })
  void of_immutableFieldOfWhatHoldsData_isRefused(
      String kind, String path, String before, String after) {
    var change = change(object(kind, "{volumeClaimTemplates: [{}]}"), path, before, after);

    assertThat(change.refusal().map(Failure::code)).contains("immutable-with-data");
    assertThat(change.action()).isEqualTo(Action.CHANGE);
  }

  @Test
  void of_statefulSetWithoutClaims_replaces() {
    assertThat(change(object("StatefulSet", "{}"), "spec.serviceName", "a", "b").action())
        .isEqualTo(Action.REPLACE);
  }

  private static ObjectChange change(
      KubernetesObject live, String path, String before, String after) {
    var field = new FieldChange(path, java.util.Optional.of(before), java.util.Optional.of(after));
    return Immutability.of(ObjectChange.change(live.key(), List.of(field)), live);
  }

  private static KubernetesObject object(String kind, String spec) {
    return Manifests.read(
            "{apiVersion: v1, kind: %s, metadata: {name: n}, spec: %s}".formatted(kind, spec),
            "one")
        .getFirst();
  }
}
