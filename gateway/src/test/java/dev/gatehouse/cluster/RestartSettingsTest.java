package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has the operator replace the gateways. */
final class RestartSettingsTest {
  private static final String WITHOUT = "gateway: {name: lab}\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gateway: {host: '::'}",
        "gateway: {port: 2200}",
        "gateway: {algorithms: fips}",
        "gateway: {health: {port: 8082}}",
        "kubernetes: {namespace: rooms}",
        "kubernetes: {gatewayNamespace: platform}",
        "kubernetes: {reach: direct}",
        "directory: {deployed: {}}"
      })
  void fingerprint_keyThatNeedsARestart_isAnother(String changed) {
    assertThat(of(changed)).isNotEqualTo(of(WITHOUT)).matches("[0-9a-f]{16}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gateway: {name: other, motd: hello, replicas: 3}",
        "kubernetes: {homes: {size: 5Gi}}",
        "login: {methods: [publickey]}",
        "gateway: {port: 2222}"
      })
  void fingerprint_restOfTheDefinition_isTheSame(String changed) {
    assertThat(of(changed)).isEqualTo(of(WITHOUT));
  }

  private static String of(String text) {
    return RestartSettings.fingerprint(ClusterDefinitionFile.parse("cluster.yaml", text));
  }
}
