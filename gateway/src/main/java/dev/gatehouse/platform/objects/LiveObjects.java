package dev.gatehouse.platform.objects;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The objects of a cluster, as the API server has them: no model of them loses a field. Everything
 * blocks, and throws {@link dev.gatehouse.failure.FailureException} as {@link ApiFailures} says.
 */
public final class LiveObjects {
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  /** As whose the API server remembers what was applied. */
  private static final String MANAGER = "gatehouse";

  private final KubernetesClient client;

  /**
   * @param client stays the caller's
   */
  public LiveObjects(KubernetesClient client) {
    this.client = client;
  }

  public Optional<KubernetesObject> get(ObjectKey key) {
    return ApiFailures.told(
        "read " + key,
        () -> find(path(key)).map(json -> Manifests.object(JSON.readValue(json, TREE), "")));
  }

  /**
   * All of a kind in a namespace.
   *
   * @param selector of labels, such as {@code app.kubernetes.io/name=gatehouse}; empty for all
   */
  public List<KubernetesObject> list(
      String apiVersion, String kind, String namespace, String selector) {
    var path = path(new ObjectKey(apiVersion, kind, namespace, ""));
    var query = selector.isEmpty() ? "" : "?labelSelector=" + encoded(selector);
    return ApiFailures.told(
        "list the %s of %s".formatted(Kinds.plural(kind), namespace),
        () ->
            find(path + query)
                .map(json -> Trees.list(JSON.readValue(json, TREE).get("items")))
                .orElse(List.of())
                .stream()
                .map(
                    item ->
                        new KubernetesObject(
                            keyOf(apiVersion, kind, Trees.map(item)), Trees.map(item)))
                .toList());
  }

  /** Creates the object; does nothing if it is there already. */
  public void create(KubernetesObject object) {
    ApiFailures.told(
        "create " + object.key(),
        () -> {
          try {
            return Optional.ofNullable(
                client.raw(path(object.key().unnamed()), "POST", object.tree()));
          } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** Sets fields of the object that is there (RFC 7386), and leaves the others. */
  public void merge(ObjectKey key, Map<String, Object> fields) {
    var kinds = client.genericKubernetesResources(context(key));
    var resource =
        key.namespace().isEmpty()
            ? kinds.withName(key.name())
            : kinds.inNamespace(key.namespace()).withName(key.name());
    ApiFailures.told(
        "change " + key,
        () ->
            Optional.ofNullable(
                resource.patch(
                    PatchContext.of(PatchType.JSON_MERGE), JSON.writeValueAsString(fields))));
  }

  /**
   * Makes the object so, whoever has changed it, and takes away what was applied before and is no
   * longer in it (server-side apply). What others have added stays.
   */
  public void apply(KubernetesObject object) {
    var key = object.key();
    var generic =
        JSON.readValue(JSON.writeValueAsString(object.tree()), GenericKubernetesResource.class);
    var kinds = client.genericKubernetesResources(context(key));
    var resource =
        key.namespace().isEmpty()
            ? kinds.resource(generic)
            : kinds.inNamespace(key.namespace()).resource(generic);
    ApiFailures.told(
        "apply " + key,
        () ->
            Optional.ofNullable(resource.fieldManager(MANAGER).forceConflicts().serverSideApply()));
  }

  /**
   * Whether the API server knows that API.
   *
   * @param apiVersion such as {@code karpenter.sh/v1}
   */
  public boolean serves(String apiVersion) {
    return ApiFailures.told(
        "ask for the API " + apiVersion, () -> find("/apis/" + apiVersion).isPresent());
  }

  /** Deletes the object; does nothing if there is none. What it owns goes later. */
  public void delete(ObjectKey key) {
    ApiFailures.told(
        "delete " + key,
        () -> {
          try {
            return Optional.ofNullable(client.raw(path(key), "DELETE", null));
          } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /** How the API server's rights name the kind of an object. */
  public static String resource(ObjectKey key) {
    return Kinds.plural(key.kind());
  }

  private Optional<String> find(String path) {
    try {
      return Optional.ofNullable(client.raw(path));
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The items of a list do not say their own kind. */
  private static ObjectKey keyOf(String apiVersion, String kind, Map<String, Object> item) {
    var metadata = Trees.map(item.get("metadata"));
    return new ObjectKey(
        apiVersion, kind, Trees.text(metadata.get("namespace")), Trees.text(metadata.get("name")));
  }

  private static String path(ObjectKey key) {
    var root = key.group().isEmpty() ? "/api/" : "/apis/";
    var namespace = key.namespace().isEmpty() ? "" : "/namespaces/" + key.namespace();
    var name = key.name().isEmpty() ? "" : "/" + key.name();
    return root + key.apiVersion() + namespace + "/" + Kinds.plural(key.kind()) + name;
  }

  private static ResourceDefinitionContext context(ObjectKey key) {
    var version = key.apiVersion().substring(key.apiVersion().indexOf('/') + 1);
    return new ResourceDefinitionContext.Builder()
        .withGroup(key.group())
        .withVersion(version)
        .withKind(key.kind())
        .withPlural(Kinds.plural(key.kind()))
        .withNamespaced(!key.namespace().isEmpty())
        .build();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
