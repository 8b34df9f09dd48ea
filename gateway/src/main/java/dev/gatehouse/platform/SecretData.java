package dev.gatehouse.platform;

import dev.gatehouse.platform.objects.Trees;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Secrets hold, which nobody is shown. */
final class SecretData {
  static final String HIDDEN = "(hidden)";

  private SecretData() {}

  /** With the texts of {@code stringData} in {@code data}, where the server puts them. */
  static Map<String, Object> encoded(Map<String, Object> secret) {
    var data = new LinkedHashMap<>(Trees.map(secret.get("data")));
    Trees.map(secret.get("stringData"))
        .forEach(
            (key, text) ->
                data.put(
                    key,
                    Base64.getEncoder()
                        .encodeToString(String.valueOf(text).getBytes(StandardCharsets.UTF_8))));
    var encoded = new LinkedHashMap<>(secret);
    encoded.remove("stringData");
    encoded.put("data", data);
    return encoded;
  }
}
