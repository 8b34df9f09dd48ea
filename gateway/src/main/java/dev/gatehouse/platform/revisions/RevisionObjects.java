package dev.gatehouse.platform.revisions;

import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.cluster.revisions.Revision;
import io.fabric8.kubernetes.api.model.AnyType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Revisions as objects of Kubernetes, and back. */
public final class RevisionObjects {
  /** The ConfigMap's. */
  public static final String NAME = "gatehouse-definition";

  /** Of a ControllerRevision: what it is a revision of. */
  static final String LABEL = "gatehouse.dev/definition";

  /** Of all ControllerRevisions of the definition. */
  public static final String SELECTOR = LABEL + "=" + NAME;

  /** As the file is called where the ConfigMap is mounted. */
  public static final String TEXT = "cluster.yaml";

  public static final String NUMBER = "revision";

  private static final String WHO = "who";
  private static final String FROM = "from";
  private static final String WHY = "why";
  private static final String WHEN = "when";
  private static final String PREFIX = "gatehouse.dev/";
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** The number of what a GitOps tool has put there, and nobody has counted yet. */
  static final long UNCOUNTED = 0;

  private RevisionObjects() {}

  static String nameOf(long number) {
    return NAME + "-" + number;
  }

  /** Returns the ConfigMap before with that revision, under the version that it was read at. */
  static ConfigMap configMap(Optional<ConfigMap> before, String namespace, Revision revision) {
    var annotations = new HashMap<>(annotations(before.map(ConfigMap::getMetadata)));
    // A request to the operator outlives a change: who has asked waits for its answer.
    annotations
        .keySet()
        .removeIf(key -> key.startsWith(PREFIX) && !key.equals(TryAgain.ANNOTATION));
    notes(revision).forEach((name, value) -> annotations.put(PREFIX + name, value));
    return before
        .map(ConfigMapBuilder::new)
        .orElseGet(ConfigMapBuilder::new)
        .editOrNewMetadata()
        .withName(NAME)
        .withNamespace(namespace)
        .addToLabels(MANAGED_BY, "gatehouse")
        .withAnnotations(annotations)
        .withManagedFields()
        .endMetadata()
        .addToData(TEXT, revision.text())
        .addToData(NUMBER, Long.toString(revision.number()))
        .build();
  }

  private static Map<String, String> notes(Revision revision) {
    var notes = new LinkedHashMap<String, String>();
    notes.put(WHO, revision.author().who());
    notes.put(FROM, revision.author().from());
    revision.author().why().ifPresent(why -> notes.put(WHY, why));
    notes.put(WHEN, revision.when().toString());
    return notes;
  }

  /** Empty if it has no text or no number. */
  static Optional<Revision> revision(ConfigMap map) {
    var data = Optional.ofNullable(map.getData()).orElse(Map.of());
    return Optional.ofNullable(data.get(TEXT))
        .flatMap(
            text ->
                number(data.get(NUMBER))
                    .map(
                        number ->
                            revision(
                                number, text, strip(annotations(Optional.of(map.getMetadata()))))));
  }

  static ControllerRevision controllerRevision(String namespace, Revision revision) {
    var data = new LinkedHashMap<String, String>(notes(revision));
    data.put("text", revision.text());
    return new ControllerRevisionBuilder()
        .withNewMetadata()
        .withName(nameOf(revision.number()))
        .withNamespace(namespace)
        .addToLabels(LABEL, NAME)
        .addToLabels(MANAGED_BY, "gatehouse")
        .endMetadata()
        .withData(data)
        .withRevision(revision.number())
        .build();
  }

  static Optional<Revision> revision(ControllerRevision kept) {
    // What is read is wrapped, what was written is not.
    var raw = kept.getData() instanceof AnyType wrapped ? wrapped.getValue() : kept.getData();
    if (!(raw instanceof Map<?, ?> data) || !(data.get("text") instanceof String text)) {
      return Optional.empty();
    }
    var notes = new HashMap<String, String>();
    data.forEach((key, value) -> notes.put(String.valueOf(key), String.valueOf(value)));
    return Optional.of(revision(kept.getRevision(), text, notes));
  }

  /** Who wrote the ConfigMap last, as the API server knows it. */
  static Author byHand(ConfigMap map) {
    var manager =
        Optional.ofNullable(map.getMetadata().getManagedFields()).stream()
            .flatMap(fields -> fields.stream())
            .filter(f -> f.getTime() != null && f.getManager() != null)
            .max(Comparator.comparing(ManagedFieldsEntry::getTime))
            .map(ManagedFieldsEntry::getManager);
    return new Author(
        manager.orElse("somebody"), "the ConfigMap " + NAME, Optional.of("edited by hand"));
  }

  private static Revision revision(long number, String text, Map<String, String> notes) {
    return new Revision(
        number,
        text,
        moment(notes.get(WHEN)),
        new Author(
            notes.getOrDefault(WHO, "somebody"),
            notes.getOrDefault(FROM, "somewhere"),
            Optional.ofNullable(notes.get(WHY))));
  }

  private static Instant moment(@Nullable String written) {
    try {
      return written == null ? Instant.EPOCH : Instant.parse(written);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  private static Optional<Long> number(@Nullable String written) {
    return written == null
        ? Optional.of(UNCOUNTED)
        : Optional.of(written.strip())
            .filter(w -> w.matches("[1-9][0-9]{0,17}"))
            .map(Long::valueOf);
  }

  private static Map<String, String> strip(Map<String, String> annotations) {
    var notes = new HashMap<String, String>();
    annotations.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            notes.put(key.substring(PREFIX.length()), value);
          }
        });
    return notes;
  }

  private static Map<String, String> annotations(Optional<ObjectMeta> metadata) {
    return metadata.flatMap(m -> Optional.ofNullable(m.getAnnotations())).orElse(Map.of());
  }
}
