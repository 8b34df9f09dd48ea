package dev.gatehouse.training;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * As much of a Kubernetes API server as a gateway's start needs, over TLS: it keeps the objects
 * that it is given, lists them, and lets them be watched through websockets over which nothing
 * comes.
 */
public final class TrainingApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingApiServer.class);
  private static final JsonMapper JSON = new JsonMapper();

  /** RFC 6455, section 1.3. */
  private static final String WEBSOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final SelfSigned identity;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** By path. */
  private final Map<String, ObjectNode> objects = new ConcurrentSkipListMap<>();

  private final AtomicInteger version = new AtomicInteger();
  private final CountDownLatch workspace = new CountDownLatch(1);
  private final CountDownLatch operated = new CountDownLatch(1);

  /**
   * @param headers by name in lower case
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares requests
  private record Request(String method, String path, Map<String, String> headers, byte[] body) {}

  private record Answer(int status, ObjectNode body) {}

  /**
   * Starts to answer.
   *
   * @param folder for its key; it must be empty
   */
  public TrainingApiServer(Path folder) throws IOException, InterruptedException {
    identity = SelfSigned.make(folder);
    listener = identity.listen();
    threads.execute(this::accept);
  }

  /** How to reach it, as kubectl reads it. */
  public String kubeconfig() {
    return """
    apiVersion: v1
    kind: Config
    current-context: training
    clusters: [{name: training, cluster: {server: "%s", certificate-authority-data: %s}}]
    users: [{name: training, user: {token: training}}]
    contexts: [{name: training, context: {cluster: training, user: training}}]
    """
        .formatted(url(), identity.pem());
  }

  public String url() {
    return "https://127.0.0.1:%d/".formatted(listener.getLocalPort());
  }

  /** Waits until it has been given a StatefulSet; answers whether it has. */
  public boolean awaitWorkspace(long seconds) throws InterruptedException {
    return workspace.await(seconds, TimeUnit.SECONDS);
  }

  /** Waits until an operator has told its status; answers whether it has. */
  public boolean awaitStatus(long seconds) throws InterruptedException {
    return operated.await(seconds, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }

  // ---- what it answers ----

  private Answer answer(Request request) {
    return switch (request.method()) {
      case "GET" -> isObject(request.path()) ? get(request.path()) : list(request.path());
      case "POST" -> put(request, 201);
      case "DELETE" -> get(request.path());
      default -> put(request, 200);
    };
  }

  /** {@code …/namespaces/N/secrets/S} is one, {@code …/namespaces/N/secrets} are all of them. */
  private static boolean isObject(String path) {
    var parts = path.split("/", -1).length - (path.startsWith("/api/") ? 3 : 4);
    return parts % 2 == 0;
  }

  private Answer get(String path) {
    var object = objects.get(path);
    return object == null
        ? new Answer(404, JSON.createObjectNode().put("kind", "Status").put("code", 404))
        : new Answer(200, object);
  }

  private Answer list(String path) {
    var list = JSON.createObjectNode();
    list.putObject("metadata").put("resourceVersion", version.toString());
    var items = list.putArray("items");
    objects.forEach(
        (name, object) -> {
          if (name.startsWith(path + '/')) {
            items.add(object);
          }
        });
    return new Answer(200, list);
  }

  /** A patch is taken for the whole object, as those of server-side apply nearly are. */
  private Answer put(Request request, int status) {
    var object = (ObjectNode) JSON.readTree(request.body());
    var metadata = object.withObject("/metadata");
    metadata.put("resourceVersion", Integer.toString(version.incrementAndGet()));
    metadata.put("generation", 1);
    var path =
        isObject(request.path())
            ? request.path()
            : request.path() + '/' + metadata.path("name").asString();
    objects.put(path, object);
    if (path.contains("/statefulsets/")) {
      workspace.countDown();
    } else if (path.endsWith("/configmaps/gatehouse-status")) {
      operated.countDown();
    }
    return new Answer(status, object);
  }

  // ---- HTTP ----

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        LOG.debug("the API server ends", e);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      var out = socket.getOutputStream();
      while (true) {
        var request = read(in);
        var key = request.headers().get("sec-websocket-key");
        if (key != null) {
          var accept = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ";
          write(out, "101 Switching Protocols", accept + proof(key), new byte[0]);
          in.transferTo(OutputStream.nullOutputStream());
          return;
        }
        var answer = answer(request);
        var body = JSON.writeValueAsBytes(answer.body());
        var fields = "Content-Type: application/json\r\nContent-Length: " + body.length;
        write(out, answer.status() + " -", fields, body);
      }
    } catch (IOException | GeneralSecurityException e) {
      LOG.debug("a client of the API server has gone", e);
    } catch (RuntimeException e) {
      LOG.warn("the API server of the training could not answer", e);
    }
  }

  private static Request read(InputStream in) throws IOException {
    var first = line(in).split(" ", -1);
    var headers = new TreeMap<String, String>();
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      var colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    var path = first[1].replaceFirst("\\?.*", "");
    return new Request(first[0], path, headers, in.readNBytes(length));
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (var b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
      line.append((char) b);
    }
    return line.toString().strip();
  }

  private static void write(OutputStream out, String status, String fields, byte[] body)
      throws IOException {
    out.write("HTTP/1.1 %s\r\n%s\r\n\r\n".formatted(status, fields).getBytes(ISO_8859_1));
    out.write(body);
    out.flush();
  }

  private static String proof(String key) throws GeneralSecurityException {
    var sha1 = MessageDigest.getInstance("SHA-1").digest((key + WEBSOCKET).getBytes(ISO_8859_1));
    return Base64.getEncoder().encodeToString(sha1);
  }
}
