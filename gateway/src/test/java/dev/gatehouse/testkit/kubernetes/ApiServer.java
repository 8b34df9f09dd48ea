package dev.gatehouse.testkit.kubernetes;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

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
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
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

  private record Fault(Pattern request, int status, String message, AtomicInteger left) {
    boolean hits(String line) {
      return request.matcher(line).find() && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  private record Delay(Pattern request, Duration time) {}

  /** What controllers and the kubelet call themselves. */
  private static final String INNER = "inner";

  private static final Pattern LOG = Pattern.compile("/pods/([^/]+)/log");
  private static final Pattern METRICS = Pattern.compile("/metrics.k8s.io/.*/pods/([^/?]+)");
  private static final Pattern LIST =
      Pattern.compile("/(api/v1|apis/[^/]+/[^/]+)(/namespaces/[^/]+)?/[a-z]+");
  private static final Pattern POD_METRICS = Pattern.compile("/metrics.k8s.io/.*/pods$");
  private static final Pattern NODE_METRICS = Pattern.compile("/metrics.k8s.io/.*/nodes$");
  private static final Pattern VERSION = Pattern.compile("[?&]resourceVersion=(\\d+)");

  /** Kept, or its level would be forgotten: it tells of every request. */
  private static final Logger CHATTY = Logger.getLogger(MockWebServer.class.getName());

  static {
    CHATTY.setLevel(Level.WARNING);
  }

  private final List<Access> accesses = new CopyOnWriteArrayList<>();
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final List<Delay> delays = new CopyOnWriteArrayList<>();
  private final Map<String, String> metrics = new ConcurrentHashMap<>();

  private final Map<String, String> nodeMetrics = new ConcurrentHashMap<>();

  /** What an access review says no to; by default it says yes to all. */
  private final Set<String> lacking = ConcurrentHashMap.newKeySet();

  {
    lacking.addAll(Discovery.OF_KARPENTER);
  }

  private volatile String version = "31";

  /** By path: what was applied last. */
  private final Map<String, JsonNode> applied = new ConcurrentHashMap<>();

  private final AccessReviews reviews = new AccessReviews();
  private final Namespaces namespaces = new Namespaces();

  /** Its clock. */
  private volatile InstantSource now = InstantSource.system();

  private volatile UnaryOperator<String> logs = _ -> "";
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
    return client(network.port(), "gateway");
  }

  /** For controllers and the kubelet, which see no faults. */
  public KubernetesClient innerClient() {
    return client(server.getPort(), INNER);
  }

  private static KubernetesClient client(int port, String name) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + port + "/")
            .withUserAgent(name)
            .withRequestRetryBackoffLimit(2)
            .withRequestRetryBackoffInterval(50)
            .withRequestTimeout(5_000)
            .withConnectionTimeout(2_000)
            .withWatchReconnectInterval(100)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Every connection has ended when this returns, and no new one is taken. */
  public void down() {
    network.cut();
  }

  public void up() {
    network.mend();
  }

  /** Everything is as at the beginning, but for the objects. */
  public void mend() {
    up();
    faults.clear();
    delays.clear();
    metrics.clear();
    nodeMetrics.clear();
    applied.clear();
    accesses.clear();
  }

  /** The next requests whose {@code METHOD path} matches get this answer. */
  public void fail(String request, int status, int times) {
    fail(request, status, "the test wants it so", times);
  }

  public void fail(String request, int status, String message, int times) {
    faults.add(new Fault(Pattern.compile(request), status, message, new AtomicInteger(times)));
  }

  /** From now on nothing can be made in a namespace that is not there, as in a real cluster. */
  public void requireNamespaces() {
    namespaces.require();
  }

  /** The namespace is being deleted, and something keeps it from going. */
  public void terminate(String namespace) {
    namespaces.terminate(namespace);
  }

  /** From now on these take so long. */
  public void delay(String request, Duration time) {
    delays.add(new Delay(Pattern.compile(request), time));
  }

  /**
   * From now on whoever asks is told that they may not do what matches.
   *
   * @param rights matches {@code VERB RESOURCE[/SUBRESOURCE].GROUP NAMESPACE}
   */
  public void deny(String rights) {
    reviews.deny(rights);
  }

  /** What a pod's containers have written. */
  public void logs(UnaryOperator<String> byPod) {
    logs = byPod;
  }

  /** From now on the metrics API knows of this pod. */
  public void measure(String pod, String cpu, String memory) {
    metrics.put(
        pod,
        """
        {"kind": "PodMetrics", "apiVersion": "metrics.k8s.io/v1beta1", "metadata": {"name": "%s"},
         "containers": [{"name": "workspace", "usage": {"cpu": "%s", "memory": "%s"}}]}
        """
            .formatted(pod, cpu, memory));
  }

  /** From now on the metrics API knows of this node. */
  public void measureNode(String node, String cpu, String memory) {
    nodeMetrics.put(
        node,
        """
        {"metadata": {"name": "%s"}, "usage": {"cpu": "%s", "memory": "%s"}}
        """
            .formatted(node, cpu, memory));
  }

  /** From now on it knows nothing of the API group, as where its resources are not installed. */
  public void lack(String group) {
    lacking.add(group);
  }

  /** From now on it knows the API group: {@code karpenter.sh} and the like are absent at first. */
  public void install(String group) {
    lacking.remove(group);
  }

  /** What its clock shows. */
  public void clock(InstantSource clock) {
    now = clock;
  }

  /** The minor version that it says it is of. */
  public void version(String minor) {
    version = minor;
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
    private final AtomicLong lastDeletion = new AtomicLong();

    /** The mock does not say that its answers are JSON, and a Go client takes them for protobuf. */
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      var answer = answer(request);
      if (answer.getWebSocketListener() == null && answer.header("Content-Type") == null) {
        answer.setHeader("Content-Type", "application/json");
      }
      return answer;
    }

    private MockResponse answer(RecordedRequest request) {
      if (!INNER.equals(request.getHeader("User-Agent"))) {
        Requests.access(request.getMethod(), request.getPath()).ifPresent(accesses::add);
        var line = request.getMethod() + " " + request.getPath();
        delays.stream().filter(d -> d.request().matcher(line).find()).forEach(d -> pause(d.time()));
        var fault = faults.stream().filter(f -> f.hits(line)).findFirst();
        if (fault.isPresent() && fault.get().status() == 410) {
          return expired(request);
        }
        if (fault.isPresent()) {
          return status(Refusal.of(fault.get().status(), fault.get().message()));
        }
      }
      var path = request.getPath().replaceFirst("\\?.*", "");
      if (AccessReviews.isAsked(path)) {
        return json(201, reviews.answer(request.getUtf8Body()));
      }
      if (Discovery.OF_KARPENTER.stream()
          .filter(lacking::contains)
          .anyMatch(group -> path.startsWith("/apis/" + group + "/"))) {
        return status(404, "NotFound", "the server could not find the requested resource");
      }
      return switch (request.method()) {
        case GET -> get(request, path);
        case DELETE -> delete(request);
        default -> write(request, path);
      };
    }

    /** One after the other, so that nothing comes between a read and its write. */
    private synchronized MockResponse write(RecordedRequest request, String path) {
      if (path.endsWith("/status") || path.contains("/leases")) {
        return super.dispatch(request);
      }
      return switch (request.method()) {
        case PATCH -> patch(request, path);
        case POST ->
            Disruptions.EVICTION.matcher(path).matches() ? evict(request, path) : post(request);
        case PUT -> put(request, path);
        default -> super.dispatch(request);
      };
    }

    private MockResponse get(RecordedRequest request, String path) {
      var log = LOG.matcher(path);
      if (log.find()) {
        return new MockResponse().setResponseCode(200).setBody(logs.apply(log.group(1)));
      }
      if (path.equals("/version")) {
        return json(
                200,
                """
                {"major": "1", "minor": "%s", "gitVersion": "v1.%s.0", "platform": "linux/amd64"}
                """
                    .formatted(version, version.replace("+", "")))
            .setHeader("Date", RFC_1123_DATE_TIME.format(now.instant().atZone(ZoneOffset.UTC)));
      }
      var measured = METRICS.matcher(path);
      if (measured.find()) {
        var metric = metrics.get(measured.group(1));
        return metric == null ? status(404, "NotFound", "no metrics") : json(200, metric);
      }
      if (POD_METRICS.matcher(path).find()) {
        return metrics.isEmpty()
            ? status(404, "NotFound", "no metrics")
            : json(
                200,
                """
                {"kind": "PodMetricsList", "apiVersion": "metrics.k8s.io/v1beta1", "items": [%s]}
                """
                    .formatted(String.join(",", metrics.values())));
      }
      if (NODE_METRICS.matcher(path).find()) {
        return nodeMetrics.isEmpty()
            ? status(404, "NotFound", "no metrics")
            : json(
                200,
                """
                {"kind": "NodeMetricsList", "apiVersion": "metrics.k8s.io/v1beta1", "items": [%s]}
                """
                    .formatted(String.join(",", nodeMetrics.values())));
      }
      if (request.getPath().contains("watch=true")) {
        return isTooOld(request) ? expired(request) : watch(request);
      }
      var about = Discovery.answer(path, lacking);
      if (about.isPresent()) {
        return json(200, about.get());
      }
      return LIST.matcher(path).matches() ? list(request) : super.dispatch(request);
    }

    /** The mock says neither at which version its list is, nor what of. */
    private synchronized MockResponse list(RecordedRequest request) {
      var version = requestResourceVersion();
      var selector = FieldSelectors.of(request.getPath());
      var objection = selector.flatMap(s -> FieldSelectors.objection(request.getPath(), s));
      if (objection.isPresent()) {
        return status(objection.get());
      }
      var answer =
          selector.isEmpty()
              ? super.dispatch(request)
              : handleGet(FieldSelectors.without(request.getPath()));
      if (answer.code() != 200
          || !(JSON.readTree(answer.getBody().readUtf8()) instanceof ObjectNode list)) {
        return answer;
      }
      selector.ifPresent(s -> FieldSelectors.filter(list, s));
      list.withObject("/metadata").put("resourceVersion", Long.toString(version));
      Discovery.nameKind(request.getPath(), list);
      return json(200, list.toString());
    }

    /**
     * The mock tells a new watch what is there, but not what has gone meanwhile; and it knows
     * websockets only, which a client gives up when one breaks as it opens.
     */
    private boolean isTooOld(RecordedRequest request) {
      var version = VERSION.matcher(request.getPath());
      return request.getHeader("Upgrade") == null
          || (version.find() && Long.parseLong(version.group(1)) < lastDeletion.get());
    }

    private MockResponse watch(RecordedRequest request) {
      return new MockResponse()
          .withWebSocketUpgrade(
              new OffTheLoop(super.dispatch(request).getWebSocketListener(), this));
    }

    /** A real one lets the watch begin, and ends it with an event. */
    private MockResponse expired(RecordedRequest request) {
      var event =
          """
          {"type": "ERROR", "object": {"kind": "Status", "apiVersion": "v1", "status": "Failure",
           "reason": "Expired", "message": "too old resource version", "code": 410}}
          """
              .replace("\n", "");
      return request.getHeader("Upgrade") == null
          ? json(200, event + "\n")
          : new MockResponse()
              .withWebSocketUpgrade(
                  new WebSocketListener() {
                    @Override
                    public void onOpen(WebSocket socket, Response response) {
                      socket.send(event);
                    }
                  });
    }

    private synchronized MockResponse delete(RecordedRequest request) {
      var wanted = request.getUtf8Body();
      // Helm's options come in protobuf, and have no preconditions.
      var version =
          wanted == null || !wanted.startsWith("{")
              ? ""
              : JSON.readTree(wanted).at("/preconditions/resourceVersion").asString("");
      var before = find(request.getPath());
      if (!version.isEmpty()
          && before
              .filter(b -> !version.equals(b.at("/metadata/resourceVersion").asString("")))
              .isPresent()) {
        return status(409, "Conflict", "Precondition failed: ResourceVersion in precondition");
      }
      var answer = super.dispatch(request);
      lastDeletion.set(requestResourceVersion());
      return answer;
    }

    /** It tells of the pod why it goes, and deletes it. */
    private MockResponse evict(RecordedRequest request, String path) {
      var match = Disruptions.EVICTION.matcher(path);
      if (!match.matches()) {
        throw new IllegalArgumentException(path);
      }
      var pod = match.group(1);
      var namespace = match.group(2);
      var refusal =
          Disruptions.refusal(
              JSON.readTree(request.getUtf8Body()),
              find(pod),
              items("/api/v1/namespaces/%s/pods".formatted(namespace)),
              items("/apis/policy/v1/namespaces/%s/poddisruptionbudgets".formatted(namespace)));
      if (refusal.isPresent()) {
        return json(refusal.get().code(), refusal.get().status());
      }
      var now = (ObjectNode) find(pod).orElseThrow().deepCopy();
      now.withArray("/status/conditions")
          .addObject()
          .put("type", "DisruptionTarget")
          .put("status", "True")
          .put("reason", "EvictionByEvictionAPI")
          .put("message", "Eviction API: evicting");
      var _ = super.dispatch(with(HttpMethod.PUT, pod + "/status", now));
      var _ = super.dispatch(with(HttpMethod.DELETE, pod, JSON.createObjectNode()));
      lastDeletion.set(requestResourceVersion());
      return json(
          201,
          """
          {"kind": "Status", "apiVersion": "v1", "status": "Success", "code": 201}
          """);
    }

    private List<JsonNode> items(String path) {
      var answer = handleGet(path);
      return answer.code() == 200
          ? JSON.readTree(answer.getBody().readUtf8()).path("items").valueStream().toList()
          : List.of();
    }

    private MockResponse post(RecordedRequest request) {
      var object = body(request);
      var refusal = namespaces.refusal(request.getPath(), object, this::find);
      if (refusal.isPresent()) {
        return status(refusal.get());
      }
      var objection = objection(object, Optional.empty());
      if (objection.isPresent()) {
        return status(objection.get());
      }
      Defaults.add(object);
      Defaults.protect(object);
      ApiRules.dropYounger(object);
      object.withObject("/metadata").put("generation", 1);
      if (request.getPath().contains("dryRun=All")) {
        return json(201, object.toString());
      }
      return super.dispatch(with(HttpMethod.POST, request.getPath(), object));
    }

    /** Who names the version that they have read is refused when there is another. */
    private MockResponse put(RecordedRequest request, String path) {
      var before = find(path);
      var wanted = body(request);
      if (before.isEmpty()) {
        return status(404, "NotFound", path + " not found");
      }
      var version = wanted.at("/metadata/resourceVersion").asString("");
      if (!version.isEmpty()
          && !version.equals(before.get().at("/metadata/resourceVersion").asString(""))) {
        return status(
            409,
            "Conflict",
            "the object has been modified; please apply your changes to the latest version");
      }
      return replace(path, before, wanted);
    }

    private MockResponse patch(RecordedRequest request, String path) {
      var type = String.valueOf(request.getHeader("Content-Type"));
      var apply = type.contains("apply-patch");
      if (!apply && !type.contains("merge-patch")) {
        return super.dispatch(request);
      }
      var strategic = type.contains("strategic");
      var before = find(path);
      var change =
          apply ? YAML.readTree(request.getUtf8Body()) : JSON.readTree(request.getUtf8Body());
      var last =
          apply ? Optional.ofNullable(applied.put(path, change)) : Optional.<JsonNode>empty();
      if (before.isEmpty() && apply) {
        // Who applies what is not there needs both rights.
        Requests.access("POST", path).ifPresent(accesses::add);
        return post(with(HttpMethod.POST, path.replaceFirst("/[^/]+$", ""), change));
      }
      if (before.isEmpty()) {
        return status(404, "NotFound", path + " not found");
      }
      var now = before.get().deepCopy();
      last.ifPresent(l -> MergePatch.takeAway(now, l, change));
      var wanted =
          strategic
              ? StrategicMerge.apply((ObjectNode) now, change)
              : (ObjectNode) MergePatch.apply(now, change);
      Defaults.add(wanted);
      return replace(path, before, wanted);
    }

    private MockResponse replace(String path, Optional<JsonNode> before, ObjectNode object) {
      ApiRules.dropYounger(object);
      var objection = objection(object, before);
      if (objection.isPresent()) {
        return status(objection.get());
      }
      var generation = before.map(b -> b.at("/metadata/generation").asLong(1)).orElse(1L);
      var same = before.filter(b -> b.path("spec").equals(object.path("spec"))).isPresent();
      object.withObject("/metadata").put("generation", same ? generation : generation + 1);
      var answer = super.dispatch(with(HttpMethod.PUT, path, object));
      if (object.at("/metadata").has("deletionTimestamp")) {
        lastDeletion.set(requestResourceVersion());
      }
      return answer;
    }

    private Optional<Refusal> objection(ObjectNode object, Optional<JsonNode> before) {
      return Refusal.ofUnknownFields(object)
          .or(() -> NodePoolRules.refusal(object, before))
          .or(() -> ApiRules.objection(object, before).map(Refusal::invalid));
    }

    /** Go clients write Secrets in protobuf. */
    private ObjectNode body(RecordedRequest request) {
      return Protobuf.TYPE.equals(request.getHeader("Content-Type"))
          ? Protobuf.secret(request.getBody().readByteArray())
          : (ObjectNode) JSON.readTree(request.getUtf8Body());
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

    private MockResponse status(Refusal refusal) {
      return status(refusal.code(), refusal.reason(), refusal.message());
    }

    private MockResponse status(int code, String reason, String message) {
      var status = JSON.createObjectNode();
      status.put("kind", "Status").put("apiVersion", "v1").put("status", "Failure");
      status.put("reason", reason).put("message", message).put("code", code);
      return json(code, status.toString());
    }

    private MockResponse json(int code, String body) {
      return new MockResponse()
          .setResponseCode(code)
          .setHeader("Content-Type", "application/json")
          .setBody(body);
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
