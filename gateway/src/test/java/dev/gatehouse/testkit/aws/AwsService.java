package dev.gatehouse.testkit.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/** One service of the stand-in: its operations are registered by the SDK's request classes. */
public abstract class AwsService {
  private final String name;
  private final Protocol protocol;
  private final Map<Model, Function<SdkPojo, SdkPojo>> operations = new LinkedHashMap<>();

  /**
   * @param name as signatures name it, such as {@code eks}
   */
  protected AwsService(String name, Protocol protocol) {
    this.name = name;
    this.protocol = protocol;
  }

  /**
   * Answers such requests by this; an {@link AwsError} is answered as one.
   *
   * @param required members by their names in the request, such as {@code subnets}, or {@code
   *     Tags.Key} of each item: the SDK's classes do not say which are; the API reference does
   */
  protected final <Q extends SdkRequest> void on(
      Class<Q> request, Function<Q, SdkPojo> answer, String... required) {
    operations.put(Model.of(request, Set.of(required)), tree -> answer.apply(request.cast(tree)));
  }

  final String name() {
    return name;
  }

  final Protocol protocol() {
    return protocol;
  }

  final Optional<Model> model(Wire wire) {
    return operations.keySet().stream().filter(m -> protocol.asksFor(m, wire)).findFirst();
  }

  final SdkPojo answer(Model model, SdkPojo request) {
    var operation = operations.get(model);
    if (operation == null) {
      throw new IllegalStateException("no operation " + model.name());
    }
    return operation.apply(request);
  }
}
