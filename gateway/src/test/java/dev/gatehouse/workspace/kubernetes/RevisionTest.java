package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.Hardware;
import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.name.MachineTypeName;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A workspace keeps the revision of its machine type unless what makes its pod has changed. */
class RevisionTest {
  private static final String PLAIN = "image: 'debian:12', cpu: 2, memory: 4Gi";

  @Test
  void of_plainType_isThatOfEveryVersion() {
    assertThat(of(PLAIN)).isEqualTo("2385e6ac4903");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "description: A machine",
        "groups: [lab]",
        "idle: {after: 1h}",
        "services: {web: {command: web, port: 8080}}",
        "gpus: 0",
        "gpuResource: amd.com/gpu",
        "toolbox: added",
        "root: false",
        "environment: {}",
        "volumes: []",
      })
  void of_whatMakesNoOtherPod_isTheSame(String more) {
    assertThat(of(PLAIN + ", " + more)).isEqualTo(of(PLAIN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cpuLimit: 3",
        "gpus: 1",
        "gpus: 1, gpuResource: amd.com/gpu",
        "toolbox: included",
        "root: true",
        "environment: {A: b}",
        "nodeSelector: {a: b}",
        "tolerations: [{key: a}]",
        "tolerations: [{key: a, value: b}]",
        "priorityClass: people",
        "volumes: [{name: data, path: /data, claim: data}]",
        "volumes: [{name: data, path: /data, claim: data, readOnly: true}]",
        "volumes: [{name: data, path: /data, scratch: 1Gi}]",
      })
  void of_whatMakesAnotherPod_isAnother(String more) {
    assertThat(of(PLAIN + ", " + more)).isNotEqualTo(of(PLAIN));
  }

  /** Who adds a component decides whether it makes the pod, and adds it above. */
  @Test
  void components_ofAType_areThoseThatWereThoughtOf() {
    assertThat(
            Stream.of(MachineType.class, Hardware.class, Hardware.Volume.class)
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .map(RecordComponent::getName)
                .distinct())
        .containsExactlyInAnyOrder(
            "name",
            "description",
            "groups",
            "environment",
            "hardware",
            "services",
            "idle",
            "image",
            "cpu",
            "cpuLimit",
            "memory",
            "gpus",
            "gpuResource",
            "pool",
            "nodeSelector",
            "tolerations",
            "priorityClass",
            "volumes",
            "toolbox",
            "root",
            "claim",
            "scratch",
            "path",
            "readOnly");
  }

  private static String of(String fields) {
    var definition =
        ClusterDefinitionFile.parse("test.yaml", "machineTypes: {standard: {" + fields + "}}");
    return Revision.of(definition.machineTypes().get(new MachineTypeName("standard")));
  }
}
