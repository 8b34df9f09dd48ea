package dev.gatehouse.platform.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.platform.helm.DeployedRelease.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class ReleaseCodecTest {
  @Test
  void decode_recordOfHelm_isTheRelease() throws IOException {
    var record =
        (ObjectNode)
            new JsonMapper()
                .readTree(
                    """
                    {"name": "gatehouse", "namespace": "rooms", "version": 7, "manifest": "---",
                     "info": {"status": "pending-rollback"}, "config": {"a": {"b": [1, true]}},
                     "chart": {"metadata": {"name": "gate", "version": "1.2.3"}}}\
                    """);
    assertThat(ReleaseCodec.decode(Records.pack(record)))
        .isEqualTo(
            new DeployedRelease(
                "gatehouse",
                "rooms",
                7,
                Status.PENDING,
                "gate",
                "1.2.3",
                Map.of("a", Map.of("b", List.of(1, true))),
                "---"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "e30=", "H4sIAAAAAAAA"})
  void decode_anythingElse_isRefused(String text) {
    var data = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> ReleaseCodec.decode(data)).isInstanceOf(IOException.class);
  }

  /** A record of a kilobyte that unpacks to a gigabyte. */
  @Test
  void decode_moreThanFits_isRefused() throws IOException {
    var bomb = new JsonMapper().createObjectNode().put("manifest", "x".repeat(65 << 20));
    assertThatThrownBy(() -> ReleaseCodec.decode(Records.pack(bomb)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than");
  }
}
