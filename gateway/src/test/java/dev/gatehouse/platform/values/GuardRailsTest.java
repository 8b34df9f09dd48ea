package dev.gatehouse.platform.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GuardRailsTest {
  private static final String APPLIED =
      """
      images: {repository: one.example/gatehouse, tag: 1.0.0}
      directory: {administrators: admins, deployed: {}}
      kubernetes:
        quota: {pods: 200, memory: 100Gi}
        network: {private: [198.51.100.0/24], allow: [{name: db, cidr: 10.0.0.1/32, ports: [5432]}]}
        storageClasses: {fast: {provisioner: ebs.csi.aws.com}}
      pools:
        gpu: {min: 0, max: 4, ceiling: 6, cpu: 8, memory: 32Gi, instanceTypes: [g5.xlarge, g6.xlarge]}
        cpu: {max: 4, cpu: 8, image: ami-1, disk: 100Gi}
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
        "tag: 1.0.0 | tag: 1.1.0",
        "pods: 200 | pods: 100",
        "memory: 100Gi | memory: 102400Mi",
        "max: 4, ceiling | max: 2, ceiling",
        "max: 4, ceiling: 6 | max: 6",
        "[g5.xlarge, g6.xlarge] | [g6.xlarge]",
        "disk: 100Gi | disk: 80Gi",
        "cpu: {max: 4, cpu: 8 | cpu: {max: 4, cpu: 4, memory: 1Ti",
        "directory: { | gateway: {replicas: 9};directory: {",
        "storageClasses: {fast: {provisioner: ebs.csi.aws.com}} | storageClasses: {}",
        "allow: [{name: db, cidr: 10.0.0.1/32, ports: [5432]}] | allow: []",
        "private: [198.51.100.0/24] | private: [198.51.100.0/24, 203.0.113.0/24]",
      })
  void beyond_less_isNothing(String before, String after) {
    assertThat(RAILS.beyond(definition(replaced(before, after)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "one.example/gatehouse | two.example/gatehouse | images.gateway",
        "admins | everybody | directory.administrators",
        "pods: 200 | pods: 5000 | kubernetes.quota.pods",
        "memory: 100Gi | memory: 101Gi | kubernetes.quota.memory",
        "max: 4, ceiling: 6 | max: 7 | pools.gpu.max",
        "max: 4, ceiling: 6 | max: 7, ceiling: 100 | pools.gpu.max",
        "min: 0, max: 4, ceiling: 6 | nodes: 7 | pools.gpu.max",
        "min: 0, max: 4, ceiling: 6, | min: 0, | pools.gpu.max",
        "max: 4, cpu: 8, image | max: 5, cpu: 8, image | pools.cpu.max",
        "[g5.xlarge, g6.xlarge] | [g5.xlarge, p5.48xlarge] | pools.gpu.instanceTypes",
        ", instanceTypes: [g5.xlarge, g6.xlarge] | '' | pools.gpu.instanceTypes",
        "cpu: {max: 4 | cpu: {instanceTypes: [p5.48xlarge], max: 4 | pools.cpu.instanceTypes",
        "ami-1 | ami-2 | pools.cpu.image",
        "disk: 100Gi | disk: 10Ti | pools.cpu.disk",
        "cpu: 8, image | cpu: 192, image | pools.cpu.cpu",
        "cpu: 8, image | gpus: 8, image | pools.cpu.gpus",
        "pools: | pools:;  more: {max: 1} | pools.more.max",
        "directory: { | gateway: {replicas: 15};directory: { | gateway.replicas",
        "directory: { | workspaces: {drainsAtOnce: 2};directory: { | workspaces.drainsAtOnce",
        "directory: { | gateway: {service: {annotations: {a: b}}};directory: {"
            + " | gateway.service.annotations",
        "kubernetes: | kubernetes:;  namespace: kube-system | kubernetes.namespace",
        "fast: | other: | kubernetes.storageClasses.other",
        "10.0.0.1/32 | 10.0.0.0/8 | kubernetes.network.allow",
        "private: [198.51.100.0/24] | private: [] | kubernetes.network.private",
      })
  void beyond_more_isNamed(String before, String after, String path) {
    assertThat(RAILS.beyond(definition(replaced(before, after))))
        .extracting(GuardRails.Beyond::path)
        .contains(path);
  }

  /** Whoever breaks into a gateway must not empty the whole cluster at once. */
  @Test
  void drainsAtOnce_moreThanAPersonHasApplied_isWhatTheyHave() {
    assertThat(RAILS.drainsAtOnce(5)).isEqualTo(1);
    var two = GuardRails.of(ClusterDefinitionFile.parse("t", "workspaces: {drainsAtOnce: 2}"));
    assertThat(two.drainsAtOnce(5)).isEqualTo(2);
    assertThat(two.drainsAtOnce(1)).isEqualTo(1);
  }

  @Test
  void beyond_textOfOne_saysWhatItWaitsFor() {
    assertThat(RAILS.beyond(definition(replaced("pods: 200", "pods: 5000"))))
        .extracting(GuardRails.Beyond::text)
        .containsExactly(
            "kubernetes.quota.pods 200 → 5000 waits for gatehouse apply by a person with"
                + " credentials");
  }

  /** One pool that goes beyond keeps no other from being made. */
  @Test
  void beyond_pool_isOfItsOwnPart() {
    assertThat(RAILS.beyond(definition(replaced("max: 4, ceiling: 6", "max: 7"))))
        .extracting(GuardRails.Beyond::part)
        .containsExactly("pool-gpu");
  }

  @Test
  void beyond_limitsAreMissing_allowsNothing() {
    assertThat(new GuardRails(Map.of()).beyond(definition("{}"))).isNotEmpty();
  }

  /**
   * @param after a semicolon ends a line
   */
  private static String replaced(String before, String after) {
    assertThat(APPLIED).contains(before);
    return APPLIED.replace(before, after.replace(';', '\n'));
  }

  private static ClusterDefinition definition(String text) {
    return ClusterDefinitionFile.parse("cluster.yaml", text);
  }
}
