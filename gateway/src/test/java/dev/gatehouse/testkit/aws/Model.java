package dev.gatehouse.testkit.aws;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/**
 * An operation as the SDK's model has it.
 *
 * @param name such as {@code CreateNodegroup}
 * @param method of HTTP
 * @param uri a pattern with a group for each name in braces
 * @param required members, by their path in a request
 */
record Model(
    String name,
    Class<? extends SdkRequest> request,
    String method,
    Pattern uri,
    Set<String> required) {

  static Model of(Class<? extends SdkRequest> request, Set<String> required) {
    var name = request.getSimpleName().replaceFirst("Request$", "");
    var marshaller =
        request.getPackageName().replaceFirst("\\.model$", ".transform.")
            + request.getSimpleName()
            + "Marshaller";
    try {
      var field = Class.forName(marshaller).getDeclaredField("SDK_OPERATION_BINDING");
      field.setAccessible(true);
      var binding = field.get(null);
      return new Model(
          name, request, said(binding, "httpMethod"), uri(said(binding, "requestUri")), required);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An empty builder of a request. */
  SdkPojo builder() {
    try {
      return (SdkPojo) request.getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static Object built(SdkPojo builder) {
    try {
      var build = builder.getClass().getMethod("build");
      build.setAccessible(true);
      return build.invoke(builder);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Requires that no member holds a word that its enumeration does not have.
   *
   * @param path of the object in the request, for messages
   */
  static void requireKnownWords(SdkPojo object, String path) {
    for (var method : object.getClass().getMethods()) {
      if (method.getParameterCount() == 0
          && method.getReturnType().isEnum()
          && !Modifier.isStatic(method.getModifiers())) {
        try {
          if (method.invoke(object) instanceof Enum<?> word
              && word.name().equals("UNKNOWN_TO_SDK_VERSION")) {
            throw AwsError.bad(
                "ValidationException", "%s%s: no such value".formatted(path, method.getName()));
          }
        } catch (IllegalAccessException | InvocationTargetException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private static String said(Object binding, String method) throws ReflectiveOperationException {
    return String.valueOf(binding.getClass().getMethod(method).invoke(binding));
  }

  private static Pattern uri(String template) {
    return Pattern.compile(
        Pattern.compile("\\{(\\w+)\\}|[^{]+")
            .matcher(template.replaceFirst("\\?.*", ""))
            .results()
            .map(
                part ->
                    part.group(1) == null
                        ? Pattern.quote(part.group())
                        : "(?<%s>[^/]+)".formatted(part.group(1)))
            .collect(Collectors.joining()));
  }
}
