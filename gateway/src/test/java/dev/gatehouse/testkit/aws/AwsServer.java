package dev.gatehouse.testkit.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.aws.Aws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.ec2.model.CopySnapshotRequest;

/**
 * AWS on a free port of 127.0.0.1, with the services that it is given. A request that is not as the
 * SDK's models have it is refused, and fails the test when this is closed.
 */
public final class AwsServer implements AutoCloseable {
  /** Neither may ever be seen in a log. */
  public static final String SECRET = "wJalrXUtnFEMI/K7MDENG/secret-of-the-test";

  public static final String SESSION_TOKEN = "FwoGZXIvYXdzEXAMPLE-session-token-of-the-test";
  public static final String REGION = "eu-central-1";

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, AwsService> services;
  private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
  private final List<AwsCall> calls = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  private AwsServer(List<AwsService> services) throws IOException {
    this.services =
        services.stream().collect(Collectors.toMap(AwsService::name, Function.identity()));
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
  }

  public static AwsServer start(AwsService... services) {
    try {
      var server = new AwsServer(Arrays.asList(services));
      server.http.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /**
   * Returns the product's clients, led here, with pauses of no length.
   *
   * @param account that the definition names
   */
  public Aws aws(Optional<String> account) {
    return new Aws(REGION, account, this::lead);
  }

  /** The next call of the operation goes wrong so; several are taken one after the other. */
  public void fail(String operation, Fault... next) {
    faults.computeIfAbsent(operation, _ -> new ArrayDeque<>()).addAll(Arrays.asList(next));
  }

  /** All calls that arrived, those that went wrong too, in their order. */
  public List<AwsCall> calls() {
    return List.copyOf(calls);
  }

  /** The requests of that class, in their order. */
  public <Q> List<Q> requests(Class<Q> type) {
    return calls.stream().map(AwsCall::request).filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public void close() {
    closing.countDown();
    http.stop(0);
    threads.shutdownNow();
    if (!violations.isEmpty()) {
      throw new AssertionError("requests not as the SDK's models have them: " + violations);
    }
  }

  /** Takes what was found wrong with requests, for the tests of this. */
  List<String> takeViolations() {
    var taken = List.copyOf(violations);
    violations.clear();
    return taken;
  }

  private void lead(AwsClientBuilder<?, ?> client) {
    var given = client.overrideConfiguration();
    client
        .endpointOverride(url())
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsSessionCredentials.create("AKIAIOSFODNN7EXAMPLE", SECRET, SESSION_TOKEN)))
        .overrideConfiguration(
            given.toBuilder()
                .apiCallAttemptTimeout(Duration.ofSeconds(10))
                .addExecutionInterceptor(new Presigned())
                .retryStrategy(
                    AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .backoffStrategy(BackoffStrategy.retryImmediately())
                        .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                        .build())
                .build());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var wire = Wire.of(exchange);
      var service = services.get(wire.service());
      if (service == null) {
        violations.add("no service '%s' in this stand-in".formatted(wire.service()));
        Protocol.QUERY.error(new AwsError(404, "NoSuchService", wire.service())).send(exchange);
        return;
      }
      var answer = answer(service, wire);
      if (answer != null) {
        answer.send(exchange);
      }
    }
  }

  /** Null: the connection is to end without an answer. */
  private @Nullable Answer answer(AwsService service, Wire wire) {
    var protocol = service.protocol();
    var model = service.model(wire).orElse(null);
    if (model == null) {
      violations.add(
          "%s has no such operation in this stand-in: %s %s %s"
              .formatted(
                  service.name(), wire.method(), wire.path(), new String(wire.body(), UTF_8)));
      return protocol.error(new AwsError(404, "UnknownOperationException", wire.path()));
    }
    SdkPojo request;
    try {
      request = protocol.read(model, wire);
    } catch (AwsError e) {
      violations.add(model.name() + ": " + e.getMessage());
      return protocol.error(e);
    }
    calls.add(new AwsCall(service.name(), wire.region(), model.name(), request));
    try {
      return faulty(nextFault(model.name()), service, model, request);
    } catch (AwsError e) {
      return protocol.error(e);
    } catch (RuntimeException e) {
      violations.add("the stand-in failed at %s: %s".formatted(model.name(), e));
      return protocol.error(new AwsError(500, "InternalFailure", String.valueOf(e)));
    }
  }

  private @Nullable Answer faulty(
      @Nullable Fault fault, AwsService service, Model model, SdkPojo request) {
    return switch (fault) {
      case null -> done(service, model, request);
      case Fault.Answer e -> throw new AwsError(e.status(), e.code(), e.text());
      case Fault.CutBefore _ -> null;
      case Fault.CutAfter _ -> {
        done(service, model, request);
        yield null;
      }
      case Fault.NoAnswer _ -> {
        done(service, model, request);
        try {
          closing.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        yield null;
      }
    };
  }

  private static Answer done(AwsService service, Model model, SdkPojo request) {
    synchronized (service) {
      return service.protocol().write(model, service.answer(model, request));
    }
  }

  private @Nullable Fault nextFault(String operation) {
    var queue = faults.get(operation);
    if (queue == null) {
      return null;
    }
    synchronized (queue) {
      return queue.poll();
    }
  }

  /**
   * The SDK signs an address of the source region for CopySnapshot, and takes the region from the
   * endpoint's name, which 127.0.0.1 does not have; one that is there it leaves alone.
   */
  private static final class Presigned implements ExecutionInterceptor {
    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
      return context.request() instanceof CopySnapshotRequest copy
          ? copy.toBuilder().presignedUrl("https://signed.example.com/").build()
          : context.request();
    }
  }
}
