package dev.gatehouse.testkit.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Secrets in Kubernetes' protobuf encoding. Go clients, Helm's among them, write the kinds that
 * they know in it, and read JSON as well. Field numbers: {@code generated.proto} of {@code
 * k8s.io/api/core/v1} and {@code k8s.io/apimachinery/pkg/apis/meta/v1}.
 */
final class Protobuf {
  static final String TYPE = "application/vnd.kubernetes.protobuf";

  /** Before every message. */
  private static final byte[] MAGIC = {'k', '8', 's', 0};

  private static final JsonMapper JSON = new JsonMapper();

  private record Field(int number, byte[] bytes) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private Protobuf() {}

  /** Returns the Secret as JSON; another kind is refused. */
  static ObjectNode secret(byte[] message) {
    var object = JSON.createObjectNode();
    for (var field : fields(message, MAGIC.length)) {
      switch (field.number()) {
        case 1 ->
            each(
                field, type -> object.put(type.number() == 1 ? "apiVersion" : "kind", type.text()));
        case 2 -> each(field, part -> secretPart(object, part));
        default -> {}
      }
    }
    if (!"Secret".equals(object.path("kind").asString(""))) {
      throw new IllegalArgumentException("only Secrets are read from protobuf: " + object);
    }
    return object;
  }

  private static void secretPart(ObjectNode secret, Field part) {
    switch (part.number()) {
      case 1 -> each(part, m -> metadataPart(secret.withObject("/metadata"), m));
      case 2 ->
          entry(
              part,
              (key, value) ->
                  secret
                      .withObject("/data")
                      .put(key.text(), Base64.getEncoder().encodeToString(value.bytes())));
      case 3 -> secret.put("type", part.text());
      default -> throw unknown("Secret", part);
    }
  }

  private static void metadataPart(ObjectNode metadata, Field part) {
    switch (part.number()) {
      case 1 -> text(metadata, "name", part);
      case 3 -> text(metadata, "namespace", part);
      case 5 -> text(metadata, "uid", part);
      case 6 -> text(metadata, "resourceVersion", part);
      case 11 -> entry(part, (k, v) -> metadata.withObject("/labels").put(k.text(), v.text()));
      case 12 -> entry(part, (k, v) -> metadata.withObject("/annotations").put(k.text(), v.text()));
      // generateName, selfLink, generation, creationTimestamp, managedFields
      case 2, 4, 7, 8, 17 -> {}
      default -> throw unknown("ObjectMeta", part);
    }
  }

  private static void text(ObjectNode object, String name, Field field) {
    if (!field.text().isEmpty()) {
      object.put(name, field.text());
    }
  }

  private interface Entry {
    void take(Field key, Field value);
  }

  private static void entry(Field map, Entry taker) {
    var parts = fields(map.bytes(), 0);
    var value = parts.size() > 1 ? parts.get(1) : new Field(2, new byte[0]);
    taker.take(parts.getFirst(), value);
  }

  private static void each(Field message, Consumer<Field> taker) {
    fields(message.bytes(), 0).forEach(taker);
  }

  private static IllegalArgumentException unknown(String message, Field field) {
    return new IllegalArgumentException(message + " has an unexpected field " + field.number());
  }

  private static List<Field> fields(byte[] message, int start) {
    var fields = new ArrayList<Field>();
    var at = new int[] {start};
    while (at[0] < message.length) {
      var tag = varint(message, at);
      var number = (int) (tag >>> 3);
      switch ((int) (tag & 7)) {
        case 0 -> {
          varint(message, at); // numbers matter nowhere here
          fields.add(new Field(number, new byte[0]));
        }
        case 2 -> {
          var length = (int) varint(message, at);
          fields.add(new Field(number, Arrays.copyOfRange(message, at[0], at[0] + length)));
          at[0] += length;
        }
        default -> throw new IllegalArgumentException("wire type " + (tag & 7));
      }
    }
    return fields;
  }

  private static long varint(byte[] bytes, int[] at) {
    var value = 0L;
    for (var shift = 0; ; shift += 7) {
      var next = bytes[at[0]++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
