package dev.gatehouse.install;

import dev.gatehouse.TryHome;
import dev.gatehouse.directory.embedded.EmbeddedDirectory;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Result;
import dev.gatehouse.testkit.Running;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * {@code gatehouse serve} as a process of its own, for the cluster that a kubeconfig names, with
 * alice, an administrator, in its directory.
 */
public final class ServeGateway implements AutoCloseable {
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Pattern READY =
      Pattern.compile("\\[gateway-ready\\] .* port (\\d+); probes ask on port (\\d+)");
  private static final String PATIENT = "[keys-awaited]";

  /** With an RSA key to be made beside it, on a machine that does other things too. */
  private static final Duration START = Duration.ofMinutes(2);

  private final TryHome home = new TryHome();
  private final Running process;

  private ServeGateway(
      ApiServer api, String definition, Path key, String hostname, String jvmOptions) {
    Folders.write(home.home().resolve("cluster.yaml"), definition);
    Folders.write(home.home().resolve("kubeconfig"), kubeconfig(api));
    addAlice(key);
    process =
        home.gatehouse(
                "serve",
                "--cluster",
                home.home().resolve("cluster.yaml").toString(),
                "--state",
                home.state().toString())
            .with("HOSTNAME", hostname)
            .with("JAVA_TOOL_OPTIONS", jvmOptions)
            .with("KUBECONFIG", home.home().resolve("kubeconfig").toString())
            .within(LIFE)
            .start();
  }

  /** Starts one, and waits until it lets people in. */
  public static ServeGateway start(ApiServer api, String definition, Path key) {
    var gateway = launch(api, definition, key);
    try {
      return gateway.awaitReady();
    } catch (AssertionError e) {
      gateway.close();
      throw e;
    }
  }

  /** Starts one, and waits for nothing. */
  public static ServeGateway launch(ApiServer api, String definition, Path key) {
    return launch(api, definition, key, "gateway");
  }

  /** As above, in what would be the pod of that name. */
  public static ServeGateway launch(ApiServer api, String definition, Path key, String hostname) {
    return new ServeGateway(api, definition, key, hostname, "");
  }

  /** Starts one in a JVM with more options, and waits for nothing. */
  public static ServeGateway launchWith(
      ApiServer api, String definition, Path key, String jvmOptions) {
    return new ServeGateway(api, definition, key, "gateway", jvmOptions);
  }

  public ServeGateway awaitReady() {
    Poll.until(() -> "ready: " + log(), START, () -> probe("/readyz") == 200);
    return this;
  }

  /** It lives, and waits for the API server. */
  public ServeGateway awaitPatience() {
    Poll.until(() -> "patient: " + log(), START, () -> log().contains(PATIENT));
    return this;
  }

  public int port() {
    return Integer.parseInt(ready().group(1));
  }

  /** The status of an answer to a probe. */
  public int probe(String path) throws IOException, InterruptedException {
    return get(path).statusCode();
  }

  /** As Prometheus reads it. */
  public String metrics() throws IOException, InterruptedException {
    return get("/metrics").body();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var port = ready().group(2);
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
      return client.send(request, BodyHandlers.ofString());
    }
  }

  private MatchResult ready() {
    var line = READY.matcher(log());
    if (!line.find()) {
      throw new IllegalStateException("it is not ready");
    }
    return line.toMatchResult();
  }

  /** ssh as alice, who trusts the host key that the first gateway showed. */
  public Program ssh(Path key, Path knownHosts, String... more) {
    var command =
        new ArrayList<>(List.of("ssh", "-F", "/dev/null", "-p", "" + port(), "-i", key.toString()));
    for (var option :
        List.of(
            "UserKnownHostsFile=" + knownHosts,
            "GlobalKnownHostsFile=/dev/null",
            "HostKeyAlias=gatehouse",
            "IdentitiesOnly=yes",
            "StrictHostKeyChecking=accept-new")) {
      command.addAll(List.of("-o", option));
    }
    command.addAll(List.of(more));
    return home.program(command.toArray(String[]::new));
  }

  public void terminate() {
    process.terminate();
  }

  public Result await() {
    return process.await();
  }

  public String log() {
    return process.stderrSoFar();
  }

  @Override
  public void close() {
    process.close();
    home.close();
  }

  private void addAlice(Path key) {
    var people = PrivateFolder.open(Optional.of(home.state().resolve("people")));
    try (var directory =
        EmbeddedDirectory.open(
            Path.of("../config/people.ldif"),
            people.file("directory.ldif"),
            InstantSource.system())) {
      directory.ensurePerson(
          new Username("alice"),
          "Alice",
          List.of(KeyFile.publicKey(KeyFile.openEd25519(key))),
          new GroupName("gatehouse-admins"));
    }
  }

  private static String kubeconfig(ApiServer api) {
    try (var client = api.client()) {
      return """
      apiVersion: v1
      kind: Config
      current-context: test
      clusters: [{name: test, cluster: {server: "%s"}}]
      users: [{name: test, user: {token: test}}]
      contexts: [{name: test, context: {cluster: test, user: test}}]
      """
          .formatted(client.getMasterUrl());
    }
  }
}
