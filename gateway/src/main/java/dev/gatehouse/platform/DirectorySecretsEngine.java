package dev.gatehouse.platform;

import dev.gatehouse.platform.ObjectChange.Action;
import dev.gatehouse.platform.Part.DirectorySecretsPart;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.objects.Trees;
import dev.gatehouse.platform.secrets.DirectorySecrets;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Makes the Secrets of the directory. They are in no chart, since their values would stand in
 * Helm's records and be made anew by each apply.
 */
final class DirectorySecretsEngine implements Engine<DirectorySecretsPart> {
  private static final String CERT_MANAGER = "cert-manager.io/certificate-name";
  private static final List<String> NAMES =
      List.of(
          DirectorySecrets.TLS,
          DirectorySecrets.SERVICES,
          DirectorySecrets.GATEWAY,
          DirectorySecrets.ADMINISTRATOR);

  private static final Map<String, String> LABELS =
      Map.of(
          "app.kubernetes.io/name", "directory",
          "app.kubernetes.io/part-of", "gatehouse",
          "app.kubernetes.io/managed-by", "gatehouse");

  private final LiveObjects live;
  private final InstantSource clock;

  DirectorySecretsEngine(LiveObjects live, InstantSource clock) {
    this.live = live;
    this.clock = clock;
  }

  @Override
  public PartPlan plan(DirectorySecretsPart part) {
    var existing = existing(part.namespace());
    var changes = new ArrayList<ObjectChange>();
    wanted(part, existing)
        .forEach((name, texts) -> change(part, existing, name, texts).ifPresent(changes::add));
    return new PartPlan(part, List.copyOf(changes), Optional.empty());
  }

  @Override
  public void apply(DirectorySecretsPart part, PartPlan plan, Consumer<String> waits) {
    if (plan.isEmpty()) {
      return;
    }
    var existing = existing(part.namespace());
    var wanted = wanted(part, existing);
    // What trusts the certificate comes before it: a directory that nobody trusts is of no use.
    var order =
        List.of(
            DirectorySecrets.SERVICES,
            DirectorySecrets.GATEWAY,
            DirectorySecrets.ADMINISTRATOR,
            DirectorySecrets.TLS);
    for (var name : order) {
      var texts = wanted.get(name);
      var there = existing.get(name);
      if (texts == null) {
        continue;
      }
      if (there == null) {
        live.create(secret(part, name, texts));
      } else if (change(part, existing, name, texts).isPresent()) {
        live.merge(
            key(part.namespace(), name),
            Map.of("metadata", Map.of("labels", LABELS), "data", encoded(texts)));
      }
    }
    if (existing.containsKey(DirectorySecrets.TLS) && isRenewed(plan)) {
      restart(part.namespace());
    }
  }

  private Map<String, KubernetesObject> existing(String namespace) {
    var existing = new LinkedHashMap<String, KubernetesObject>();
    for (var name : NAMES) {
      live.get(key(namespace, name)).ifPresent(secret -> existing.put(name, secret));
    }
    return existing;
  }

  private Map<String, Map<String, String>> wanted(
      DirectorySecretsPart part, Map<String, KubernetesObject> existing) {
    var texts = new LinkedHashMap<String, Map<String, String>>();
    existing.forEach((name, secret) -> texts.put(name, texts(secret)));
    var tls = existing.get(DirectorySecrets.TLS);
    return DirectorySecrets.wanted(
        texts,
        part.namespace(),
        tls != null && tls.annotations().containsKey(CERT_MANAGER),
        part.administrator(),
        clock.instant());
  }

  private Optional<ObjectChange> change(
      DirectorySecretsPart part,
      Map<String, KubernetesObject> existing,
      String name,
      Map<String, String> wanted) {
    var key = key(part.namespace(), name);
    var there = existing.get(name);
    if (there == null) {
      return Optional.of(ObjectChange.create(key));
    }
    var fields = ObjectDiff.between(List.of(), secret(part, name, wanted), there);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    var change = ObjectChange.change(key, fields);
    return Optional.of(
        name.equals(DirectorySecrets.TLS)
            ? change.noted(
                "the certificate ends"
                    + DirectorySecrets.end(texts(there)).map(e -> " at " + e).orElse(" soon"))
            : change);
  }

  /** A label that is new is nobody's reason to start again. */
  private static boolean isRenewed(PartPlan plan) {
    return plan.changes().stream()
        .filter(c -> c.object().name().equals(DirectorySecrets.TLS) && c.action() == Action.CHANGE)
        .flatMap(c -> c.fields().stream())
        .anyMatch(field -> field.path().startsWith("data"));
  }

  /** Servers read their certificate when they start. */
  private void restart(String namespace) {
    var now = clock.instant().toString();
    var fields =
        Map.<String, Object>of(
            "spec",
            Map.of(
                "template",
                Map.of("metadata", Map.of("annotations", Map.of("gatehouse.dev/restarted", now)))));
    for (var workload :
        List.of(
            new ObjectKey("apps/v1", "StatefulSet", namespace, "directory"),
            new ObjectKey("apps/v1", "Deployment", namespace, "ldap-ui"))) {
      if (live.get(workload).isPresent()) {
        live.merge(workload, fields);
      }
    }
  }

  private static KubernetesObject secret(
      DirectorySecretsPart part, String name, Map<String, String> texts) {
    var key = key(part.namespace(), name);
    var tree = new LinkedHashMap<String, Object>();
    tree.put("apiVersion", key.apiVersion());
    tree.put("kind", key.kind());
    tree.put("metadata", Map.of("name", name, "namespace", part.namespace(), "labels", LABELS));
    tree.put("type", name.equals(DirectorySecrets.TLS) ? "kubernetes.io/tls" : "Opaque");
    tree.put("data", encoded(texts));
    return new KubernetesObject(key, tree);
  }

  private static ObjectKey key(String namespace, String name) {
    return new ObjectKey("v1", "Secret", namespace, name);
  }

  private static Map<String, String> texts(KubernetesObject secret) {
    var texts = new TreeMap<String, String>();
    Trees.map(secret.tree().get("data"))
        .forEach(
            (name, value) ->
                texts.put(
                    name,
                    new String(
                        Base64.getDecoder().decode(String.valueOf(value)),
                        StandardCharsets.UTF_8)));
    return texts;
  }

  private static Map<String, Object> encoded(Map<String, String> texts) {
    var data = new TreeMap<String, Object>();
    texts.forEach(
        (name, text) ->
            data.put(
                name, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    return data;
  }
}
