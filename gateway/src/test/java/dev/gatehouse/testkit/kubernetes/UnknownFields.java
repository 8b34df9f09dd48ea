package dev.gatehouse.testkit.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The types of Kubernetes' API as fabric8 has generated them. A field that they do not know, by a
 * slip or because it stands at the wrong place, ends up among the additional properties of its
 * object; an API server would refuse or ignore it.
 */
public final class UnknownFields {
  private static final String MODEL = "io.fabric8.kubernetes.api.model";

  private final List<String> unknown = new ArrayList<>();

  private UnknownFields() {}

  /** The fields that its kind does not have, as paths; none for a kind without a type. */
  static List<String> of(JsonNode object) {
    var typed = (Object) Serialization.unmarshal(object.toString(), KubernetesResource.class);
    return typed instanceof GenericKubernetesResource ? List.of() : of("", typed);
  }

  /**
   * @param path of the object, which the others begin with
   */
  public static List<String> of(String path, Object typed) {
    var model = new UnknownFields();
    model.walk(path, typed);
    return model.unknown;
  }

  private void walk(String path, Object value) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> walk(path + "." + key, each));
    } else if (value instanceof Collection<?> list) {
      list.forEach(each -> walk(path + "[]", each));
    } else if (value != null && value.getClass().getName().startsWith(MODEL)) {
      getters(value.getClass()).forEach(getter -> walk(path, getter, value));
    }
  }

  private void walk(String path, Method getter, Object object) {
    var value = read(getter, object);
    var field = getter.getName().substring("get".length());
    if (!field.equals("AdditionalProperties")) {
      walk(path + "." + field, value);
    } else if (value instanceof Map<?, ?> more) {
      more.keySet().forEach(key -> unknown.add(path + "." + key));
    }
  }

  private static Stream<Method> getters(Class<?> type) {
    return Stream.of(type.getMethods())
        .filter(m -> m.getDeclaringClass().getName().startsWith(MODEL))
        .filter(m -> m.getName().startsWith("get") && m.getParameterCount() == 0)
        .filter(m -> !Modifier.isStatic(m.getModifiers()) && !m.isSynthetic());
  }

  private static Object read(Method getter, Object object) {
    try {
      return getter.invoke(object);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(getter.toString(), e);
    }
  }
}
