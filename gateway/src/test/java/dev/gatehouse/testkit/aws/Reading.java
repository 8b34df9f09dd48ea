package dev.gatehouse.testkit.aws;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import tools.jackson.databind.JsonNode;

/**
 * Reads a request by the SDK's model. A name that the model does not have, a required one that is
 * missing, and a word that an enumeration does not have are refused.
 */
final class Reading {
  private final Shape shape;
  private final Set<String> required;

  /** How a protocol writes lists and maps. */
  enum Shape {
    /** Arrays and objects. */
    JSON,
    /** {@code Names.member.1}, and {@code Tags.entry.1.key} for maps. */
    QUERY,
    /** {@code Name.1}: the numbers come at once. */
    EC2
  }

  Reading(Shape shape, Set<String> required) {
    this.shape = shape;
    this.required = required;
  }

  /** Returns the object that the tree says, built. */
  SdkPojo read(SdkPojo builder, JsonNode tree) {
    return read(builder, tree, "");
  }

  private SdkPojo read(SdkPojo builder, JsonNode tree, String path) {
    var names = new HashSet<>(tree.propertyNames());
    for (var field : builder.sdkFields()) {
      var name = field.locationName();
      names.remove(name);
      var node = tree.get(name);
      if (node != null && !node.isNull()) {
        field.set(builder, value(field, node, path + name));
      } else if (required.contains(path + name)) {
        throw AwsError.bad("ValidationException", path + name + " is required");
      }
    }
    if (!names.isEmpty()) {
      throw AwsError.bad("UnknownParameter", path + names + " is not in the SDK's model");
    }
    var built = (SdkPojo) Model.built(builder);
    Model.requireKnownWords(built, path);
    return built;
  }

  private @Nullable Object value(SdkField<?> field, JsonNode node, String path) {
    var type = field.marshallingType();
    if (type.equals(MarshallingType.SDK_POJO)) {
      return read(field.constructor().get(), node, path + '.');
    }
    if (type.equals(MarshallingType.LIST)) {
      var trait = field.getRequiredTrait(ListTrait.class);
      return list(trait, node, item -> value(trait.memberFieldInfo(), item, path));
    }
    if (type.equals(MarshallingType.MAP)) {
      var trait = field.getRequiredTrait(MapTrait.class);
      return map(trait, node, item -> value(trait.valueFieldInfo(), item, path));
    }
    return scalar(type, Tree.text(node), path);
  }

  private List<@Nullable Object> list(
      ListTrait trait, JsonNode node, Function<JsonNode, @Nullable Object> item) {
    var items = new ArrayList<@Nullable Object>();
    switch (shape) {
      case JSON -> node.forEach(one -> items.add(item.apply(one)));
      case EC2 -> numbered(node).forEach(one -> items.add(item.apply(one)));
      case QUERY -> {
        var name = trait.memberLocationName() == null ? "member" : trait.memberLocationName();
        numbered(trait.isFlattened() ? node : node.path(name))
            .forEach(one -> items.add(item.apply(one)));
      }
    }
    return items;
  }

  private Map<String, @Nullable Object> map(
      MapTrait trait, JsonNode node, Function<JsonNode, @Nullable Object> item) {
    var entries = new LinkedHashMap<String, @Nullable Object>();
    if (shape == Shape.JSON) {
      node.properties().forEach(e -> entries.put(e.getKey(), item.apply(e.getValue())));
    } else {
      numbered(trait.isFlattened() ? node : node.path("entry"))
          .forEach(
              e ->
                  entries.put(
                      Tree.text(e.path(trait.keyLocationName())),
                      item.apply(e.path(trait.valueLocationName()))));
    }
    return entries;
  }

  /** What lies under 1, 2, 3 and so on. */
  private static List<JsonNode> numbered(JsonNode node) {
    var items = new ArrayList<JsonNode>();
    for (var i = 1; node.has(Integer.toString(i)); i++) {
      items.add(node.path(Integer.toString(i)));
    }
    if (items.size() != node.size()) {
      throw AwsError.bad("MalformedQueryString", "not a list: " + node);
    }
    return items;
  }

  private static Object scalar(MarshallingType<?> type, String text, String path) {
    if (type.equals(MarshallingType.STRING)) {
      return text;
    }
    try {
      if (type.equals(MarshallingType.INTEGER)) {
        return Integer.valueOf(text);
      }
      if (type.equals(MarshallingType.LONG)) {
        return Long.valueOf(text);
      }
      if (type.equals(MarshallingType.DOUBLE)) {
        return Double.valueOf(text);
      }
      if (type.equals(MarshallingType.FLOAT)) {
        return Float.valueOf(text);
      }
      if (type.equals(MarshallingType.BIG_DECIMAL)) {
        return new BigDecimal(text);
      }
      if (type.equals(MarshallingType.BOOLEAN)) {
        return Boolean.valueOf(text);
      }
      if (type.equals(MarshallingType.INSTANT)) {
        return text.contains("T")
            ? Instant.parse(text)
            : Instant.ofEpochSecond(Long.parseLong(text));
      }
      if (type.equals(MarshallingType.SDK_BYTES)) {
        return SdkBytes.fromByteArray(java.util.Base64.getDecoder().decode(text));
      }
    } catch (RuntimeException e) {
      throw AwsError.bad("ValidationException", "%s: %s".formatted(path, e.getMessage()));
    }
    throw new IllegalStateException("no reader for " + type);
  }
}
