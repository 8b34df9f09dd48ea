package dev.gatehouse.nodes;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Values of nodes as JSON. */
final class NodeJson {
  /** A younger version may say more. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .changeDefaultVisibility(all -> all.withIsGetterVisibility(Visibility.NONE))
          .build();

  private NodeJson() {}

  static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  static <T> T read(byte[] json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }
}
