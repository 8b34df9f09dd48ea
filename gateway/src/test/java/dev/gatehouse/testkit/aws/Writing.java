package dev.gatehouse.testkit.aws;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Writes an answer by the SDK's model, as JSON or XML. */
final class Writing {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final double MILLIS = 1000.0;

  private Writing() {}

  static JsonNode json(SdkPojo object) {
    var tree = NODES.objectNode();
    for (var field : object.sdkFields()) {
      value(field, object).ifPresent(v -> tree.set(field.locationName(), json(v)));
    }
    return tree;
  }

  private static JsonNode json(Object value) {
    return switch (value) {
      case SdkPojo object -> json(object);
      case Collection<?> items -> {
        var array = NODES.arrayNode();
        items.forEach(item -> array.add(json(Objects.requireNonNull(item))));
        yield array;
      }
      case Map<?, ?> entries -> {
        var tree = NODES.objectNode();
        entries.forEach((k, v) -> tree.set(String.valueOf(k), json(Objects.requireNonNull(v))));
        yield tree;
      }
      case Boolean b -> NODES.booleanNode(b);
      case Integer i -> NODES.numberNode(i);
      case Long l -> NODES.numberNode(l);
      case Double d -> NODES.numberNode(d);
      case Instant at -> NODES.numberNode(at.toEpochMilli() / MILLIS);
      default -> NODES.stringNode(text(value));
    };
  }

  /** The members of an object, one element each. */
  static String xml(SdkPojo object) {
    var xml = new StringBuilder();
    for (var field : object.sdkFields()) {
      value(field, object).ifPresent(v -> xml.append(element(name(field), field, v)));
    }
    return xml.toString();
  }

  private static String element(String name, SdkField<?> field, Object value) {
    return switch (value) {
      case SdkPojo object -> tag(name, xml(object));
      case Collection<?> items -> list(name, field.getRequiredTrait(ListTrait.class), items);
      case Map<?, ?> entries -> map(name, field.getRequiredTrait(MapTrait.class), entries);
      default -> tag(name, escaped(text(value)));
    };
  }

  private static String list(String name, ListTrait trait, Collection<?> items) {
    var item =
        trait.isFlattened()
            ? name
            : Optional.ofNullable(trait.memberLocationName())
                .or(() -> Optional.ofNullable(trait.memberFieldInfo().unmarshallLocationName()))
                .orElse("member");
    var all = new StringBuilder();
    items.forEach(
        one -> all.append(element(item, trait.memberFieldInfo(), Objects.requireNonNull(one))));
    return trait.isFlattened() ? all.toString() : tag(name, all.toString());
  }

  private static String map(String name, MapTrait trait, Map<?, ?> entries) {
    var all = new StringBuilder();
    entries.forEach(
        (k, v) ->
            all.append(
                tag(
                    trait.isFlattened() ? name : "entry",
                    tag(trait.keyLocationName(), escaped(String.valueOf(k)))
                        + element(
                            trait.valueLocationName(),
                            trait.valueFieldInfo(),
                            Objects.requireNonNull(v)))));
    return trait.isFlattened() ? all.toString() : tag(name, all.toString());
  }

  static String tag(String name, String content) {
    return "<" + name + ">" + content + "</" + name + ">";
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String name(SdkField<?> field) {
    return Objects.requireNonNullElse(field.unmarshallLocationName(), field.locationName());
  }

  private static Optional<Object> value(SdkField<?> field, SdkPojo object) {
    @Nullable Object value = field.getValueOrDefault(object);
    return value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap
        ? Optional.empty()
        : Optional.ofNullable(value);
  }

  private static String text(Object value) {
    return value instanceof SdkBytes bytes
        ? java.util.Base64.getEncoder().encodeToString(bytes.asByteArray())
        : value.toString();
  }
}
