package dev.gatehouse.testkit.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * fabric8's mock API server with what it lacks: server-side apply, generations, and the refusals of
 * a real one. The test can have it answer wrongly, slowly, or not at all.
 */
public final class ApiServer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final YAMLMapper YAML = new YAMLMapper();

  /** What a request was allowed to do by a Role, if it was. */
  public record Access(String verb, String group, String resource, String namespace, String name) {}

  private record Fault(Pattern request, int status, AtomicInteger left) {}

  private final List<Access> accesses = new CopyOnWriteArrayList<>();
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final KubernetesMockServer server;
  private final FaultyNetwork network;

  private ApiServer() {
    server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new Rules(), false);
    server.init(InetAddress.getLoopbackAddress(), 0);
    network = new FaultyNetwork(server.getPort());
  }

  public static ApiServer start() {
    return new ApiServer();
  }

  /** Through the network that the test can cut. */
  public KubernetesClient client() {
    return client(network.port());
  }

  /** For controllers and the kubelet, which see no faults. */
  public KubernetesClient innerClient() {
    return client(server.getPort());
  }

  private static KubernetesClient client(int port) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + port + "/")
            .withRequestRetryBackoffLimit(2)
            .withRequestRetryBackoffInterval(50)
            .withRequestTimeout(5_000)
            .withConnectionTimeout(2_000)
            .withWatchReconnectInterval(100)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Every connection ends, and no new one is taken. */
  public void down() {
    network.cut();
  }

  public void up() {
    network.mend();
  }

  /** The next requests whose {@code METHOD path} matches get this answer. */
  public void fail(String request, int status, int times) {
    faults.add(new Fault(Pattern.compile(request), status, new AtomicInteger(times)));
  }

  /** What was asked for, through {@link #client}. */
  public List<Access> accesses() {
    return List.copyOf(accesses);
  }

  @Override
  public void close() {
    network.close();
    server.destroy();
  }

  private final class Rules extends KubernetesCrudDispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      Requests.access(request.getMethod(), request.getPath()).ifPresent(accesses::add);
      var line = request.getMethod() + " " + request.getPath();
      for (var fault : faults) {
        if (fault.request().matcher(line).find() && fault.left().getAndDecrement() > 0) {
          return status(fault.status(), "Fault", "the test wants it so");
        }
      }
      var path = request.getPath().replaceFirst("\\?.*", "");
      if (path.endsWith("/status") || path.contains("/leases")) {
        return super.dispatch(request);
      }
      return switch (request.method()) {
        case PATCH -> patch(request, path);
        case POST -> post(request);
        case PUT -> put(request, path);
        default -> super.dispatch(request);
      };
    }

    private MockResponse post(RecordedRequest request) {
      var object = (ObjectNode) JSON.readTree(request.getUtf8Body());
      var objection = ApiRules.objection(object, Optional.empty());
      if (objection.isPresent()) {
        return status(422, "Invalid", objection.get());
      }
      object.withObject("/metadata").put("generation", 1);
      return super.dispatch(with(HttpMethod.POST, request.getPath(), object));
    }

    private MockResponse put(RecordedRequest request, String path) {
      return replace(path, find(path), (ObjectNode) JSON.readTree(request.getUtf8Body()));
    }

    private MockResponse patch(RecordedRequest request, String path) {
      var type = String.valueOf(request.getHeader("Content-Type"));
      var apply = type.contains("apply-patch");
      if (!apply && !type.contains("merge-patch")) {
        return super.dispatch(request);
      }
      var before = find(path);
      var change =
          apply ? YAML.readTree(request.getUtf8Body()) : JSON.readTree(request.getUtf8Body());
      if (before.isEmpty()) {
        return apply
            ? post(with(HttpMethod.POST, path.replaceFirst("/[^/]+$", ""), change))
            : status(404, "NotFound", path + " not found");
      }
      return replace(path, before, (ObjectNode) mergePatch(before.get().deepCopy(), change));
    }

    private MockResponse replace(String path, Optional<JsonNode> before, ObjectNode object) {
      var objection = ApiRules.objection(object, before);
      if (objection.isPresent()) {
        return status(422, "Invalid", objection.get());
      }
      var generation = before.map(b -> b.at("/metadata/generation").asLong(1)).orElse(1L);
      var same = before.filter(b -> b.path("spec").equals(object.path("spec"))).isPresent();
      object.withObject("/metadata").put("generation", same ? generation : generation + 1);
      return super.dispatch(with(HttpMethod.PUT, path, object));
    }

    private Optional<JsonNode> find(String path) {
      var response = handleGet(path);
      return response.code() == 200
          ? Optional.of(JSON.readTree(response.getBody().readUtf8()))
          : Optional.empty();
    }

    private RecordedRequest with(HttpMethod method, String path, JsonNode body) {
      return new RecordedRequest(
          "HTTP/1.1",
          method,
          path,
          Headers.builder().add("Content-Type", "application/json").build(),
          new Buffer(body.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private MockResponse status(int code, String reason, String message) {
      var status = JSON.createObjectNode();
      status.put("kind", "Status").put("apiVersion", "v1").put("status", "Failure");
      status.put("reason", reason).put("message", message).put("code", code);
      return new MockResponse()
          .setResponseCode(code)
          .setHeader("Content-Type", "application/json")
          .setBody(status.toString());
    }
  }

  /** RFC 7386; lists are replaced. An apply is near enough to it for objects of one manager. */
  private static JsonNode mergePatch(JsonNode target, JsonNode change) {
    if (!(change instanceof ObjectNode fields)) {
      return change;
    }
    var merged = target instanceof ObjectNode object ? object : JSON.createObjectNode();
    for (var field : fields.properties()) {
      if (field.getValue().isNull()) {
        merged.remove(field.getKey());
      } else {
        merged.set(field.getKey(), mergePatch(merged.path(field.getKey()), field.getValue()));
      }
    }
    return merged;
  }
}
