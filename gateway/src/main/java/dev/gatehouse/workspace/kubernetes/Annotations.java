package dev.gatehouse.workspace.kubernetes;

import static java.util.stream.Collectors.toMap;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/** The labels and annotations in which a workspace's state stands. */
final class Annotations {
  /** Labels. */
  static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  static final String GATEHOUSE = "gatehouse";
  static final String WORKSPACE = "gatehouse.dev/workspace";
  static final String OWNER = "gatehouse.dev/owner";
  static final String MACHINE_TYPE = "gatehouse.dev/machine-type";

  /** Annotations. */
  static final String PERSON = "gatehouse.dev/person";

  static final String NAME = "gatehouse.dev/name";
  static final String DEFINITION = "gatehouse.dev/definition";
  static final String LAST_USE = "gatehouse.dev/last-use";
  static final String KEEP_UNTIL = "gatehouse.dev/keep-until";
  static final String STOPPED_AT = "gatehouse.dev/stopped-at";
  static final String STOPPED_FOR = "gatehouse.dev/stopped-for";
  static final String STOPPED_BY = "gatehouse.dev/stopped-by";
  static final String STARTED_AT = "gatehouse.dev/started-at";
  static final String START_SECONDS = "gatehouse.dev/start-seconds";

  /** A {@link Prepared}. */
  static final String PREPARED = "gatehouse.dev/prepared";

  /** Of a pod whose init container makes the home's folder: the uid of the claim. */
  static final String HOME_CLAIM = "gatehouse.dev/home-claim";

  private static final String OURS = "gatehouse.dev/";

  private Annotations() {}

  /** Our annotations. */
  static Map<String, String> of(HasMetadata object) {
    var all = Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of());
    return all.entrySet().stream()
        .filter(mark -> mark.getKey().startsWith(OURS))
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  static Optional<String> annotation(HasMetadata object, String key) {
    return Optional.ofNullable(object.getMetadata().getAnnotations())
        .map((Map<String, String> all) -> all.get(key));
  }

  static Optional<String> label(HasMetadata object, String key) {
    return Optional.ofNullable(object.getMetadata().getLabels())
        .map((Map<String, String> all) -> all.get(key));
  }

  /** Empty if it is malformed: people can edit these with kubectl. */
  static Optional<Instant> moment(HasMetadata object, String key) {
    return annotation(object, key).flatMap(Annotations::parse);
  }

  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
