package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListeningAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{} | 0.0.0.0",
        "{gateway: {host: 127.0.0.1}} | 0.0.0.0",
        "{gateway: {host: '::1'}} | 0.0.0.0",
        "{gateway: {host: '::'}} | ::",
        "{gateway: {host: 192.0.2.7}} | 192.0.2.7"
      })
  void ofPod_isAnAddressThatOthersReach(String text, String host) {
    var definition = ClusterDefinitionFile.parse("cluster.yaml", text);
    assertThat(ListeningAddress.ofPod(definition).gateway().host()).isEqualTo(host);
  }
}
