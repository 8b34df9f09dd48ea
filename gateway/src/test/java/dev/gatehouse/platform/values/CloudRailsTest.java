package dev.gatehouse.platform.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.platform.values.GuardRails.Beyond;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever writes the definition through a gateway must not move the operator elsewhere. */
final class CloudRailsTest {
  private static final String APPLIED =
      """
      pools: {gpu: {max: 2, instanceTypes: [g5.xlarge]}}
      cloud:
        aws:
          region: eu-central-1
          cluster: lab
          network: {}
          kubernetes: {version: '1.35', administrators: ['arn:aws:iam::123456789012:role/ops']}
          roles: {workspaces: {standard: {read: [data]}}}
      """;

  private static final GuardRails RAILS = GuardRails.of(definition(APPLIED));

  @Test
  void beyond_whatThePersonApplied_isNothing() {
    assertThat(RAILS.beyond(definition(APPLIED))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cluster: lab | cluster: other | cloud.aws.cluster",
        "region: eu-central-1 | region: us-east-1 | cloud.aws.region",
        "role/ops | role/eve | cloud.aws.kubernetes.administrators",
        "'1.35' | '1.36' | cloud.aws.kubernetes.version",
        "network: {} | network: {natGateways: perZone} | cloud.aws.network",
        "read: [data] | write: [data] | cloud.aws.roles.workspaces.standard",
        "cluster: lab | buckets: [data]\\n    cluster: lab | cloud.aws.buckets"
      })
  void beyond_somethingElseOfTheAccount_waitsForAPerson(String before, String after, String path) {
    var changed = APPLIED.replace(before, after.replace("\\n", "\n"));
    assertThat(changed).isNotEqualTo(APPLIED);
    assertThat(RAILS.beyond(definition(changed))).extracting(Beyond::path).contains(path);
    assertThat(RAILS.beyond(definition(changed)))
        .filteredOn(b -> b.path().equals(path))
        .allSatisfy(
            b ->
                assertThat(b.text())
                    .endsWith("waits for gatehouse apply by a person with credentials"));
  }

  @ParameterizedTest
  @CsvSource({"cluster: lab,cluster: other", "region: eu-central-1,region: us-east-1"})
  void beyond_anotherCluster_keepsThePoolsToo(String before, String after) {
    assertThat(RAILS.beyond(definition(APPLIED.replace(before, after))))
        .extracting(Beyond::part)
        .contains(GuardRails.ofPool("gpu"));
  }

  private static ClusterDefinition definition(String text) {
    return ClusterDefinitionFile.parse("cluster.yaml", text);
  }
}
