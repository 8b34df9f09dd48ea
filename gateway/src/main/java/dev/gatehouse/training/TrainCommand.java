package dev.gatehouse.training;

import dev.gatehouse.cluster.KubernetesSettings;
import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.directory.embedded.EmbeddedDirectory;
import dev.gatehouse.install.Installation;
import dev.gatehouse.install.PrivateFolder;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import dev.gatehouse.platform.operator.RunningOperator;
import dev.gatehouse.platform.revisions.ConfigMapDefinitionStore;
import dev.gatehouse.server.ClusterAccess;
import dev.gatehouse.server.RunningGateway;
import dev.gatehouse.server.ServeCommand;
import dev.gatehouse.trial.OsUser;
import dev.gatehouse.trial.TryCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Does once what {@code try} or {@code serve} does from its start to its first sessions, or {@code
 * operate} to its first look, and ends, so that a JVM with {@code -XX:AOTCacheOutput} keeps what
 * that loads and links, and nothing of the other, which would be loaded at each start too. It is
 * for whoever builds: it needs no cluster, no ssh and nobody's keys, and leaves nothing behind.
 */
public final class TrainCommand implements Callable<Integer> {
  private static final Username TRAINEE = new Username("trainee");
  private static final long WORKSPACE_SECONDS = 30;
  private static final int DELETIONS = 5;

  /** What is done, in a folder of its own. */
  private interface Lesson {
    void take(Path folder) throws IOException, InterruptedException;
  }

  private final Lesson lesson;

  private TrainCommand(Lesson lesson) {
    this.lesson = lesson;
  }

  public static TrainCommand ofTry() {
    return new TrainCommand(folder -> tryCommand(folder.resolve("try")));
  }

  public static TrainCommand ofServe() {
    return new TrainCommand(TrainCommand::serveCommand);
  }

  public static TrainCommand ofOperate() {
    return new TrainCommand(TrainCommand::operateCommand);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var scratch = Files.createTempDirectory("gatehouse-training");
    // Else keys and clusters of the person who builds would be found.
    System.setProperty("user.home", scratch.toString());
    try {
      lesson.take(scratch);
      return 0;
    } finally {
      delete(scratch);
    }
  }

  private static void tryCommand(Path state) throws IOException, InterruptedException {
    var command = new TryCommand(0, state, null);
    var running = new ArrayDeque<RunningGateway>();
    try (var _ = closing(running)) {
      command.start(running::add);
      var user = OsUser.find(PrivateFolder.open(Optional.of(state))).username();
      var key = KeyFile.openEd25519(state.resolve("id_ed25519"));
      try (var client = new TrainingClient(running.getFirst().port(), user.value(), key)) {
        client.await("true");
        client.shell("exit\n");
        client.await("gate help");
      }
    }
  }

  private static void serveCommand(Path folder) throws IOException, InterruptedException {
    var key = KeyFile.openEd25519(folder.resolve("id_ed25519"));
    var state = PrivateFolder.open(Optional.of(folder.resolve("state")));
    var people = PrivateFolder.open(Optional.of(state.file("people")));
    try (var directory =
        EmbeddedDirectory.open(
            Installation.find().config("people.ldif"),
            people.file("directory.ldif"),
            InstantSource.system())) {
      directory.ensurePerson(
          TRAINEE, "Trainee", List.of(KeyFile.publicKey(key)), new GroupName("gatehouse-admins"));
    }
    var definition =
        Files.writeString(
            folder.resolve("cluster.yaml"),
            """
            gateway: {host: 127.0.0.1, port: 0, health: {host: 127.0.0.1, port: 0}, drain: {accept: 0s, limit: 0s}}
            """);
    var command = new ServeCommand(definition, state.path());
    var running = new ArrayDeque<RunningGateway>();
    try (var api = new TrainingApiServer(folder);
        var _ = closing(running)) {
      command.start(access(folder, api), running::add);
      try (var client = new TrainingClient(running.getFirst().port(), TRAINEE.value(), key)) {
        client.await("gate status"); // it knows the cluster then
        client.ask("true");
        require(api.awaitWorkspace(WORKSPACE_SECONDS), "the start of a workspace");
      }
    }
  }

  /** To its first look at a definition that has no guard rails yet, and at AWS. */
  private static void operateCommand(Path folder) throws IOException, InterruptedException {
    try (var api = new TrainingApiServer(folder);
        var cloud = new TrainingAws();
        var client = access(folder, api).connect()) {
      new ConfigMapDefinitionStore(client, KubernetesSettings.GATEWAYS, InstantSource.system())
          .change(
              0,
              "gateway: {replicas: 1}\n",
              new Author(TRAINEE.value(), "gatehouse train", Optional.empty()));
      try (var _ =
          new RunningOperator(
              client,
              new NoHelm(),
              KubernetesSettings.GATEWAYS,
              folder,
              "training",
              "training",
              "127.0.0.1",
              0)) {
        require(api.awaitStatus(WORKSPACE_SECONDS), "the operator's status");
      }
      cloud.ask();
    }
  }

  /** To that cluster, whatever the environment of this process says. */
  private static ClusterAccess access(Path folder, TrainingApiServer api) throws IOException {
    var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), api.kubeconfig()).toString();
    System.setProperty("kubeconfig", kubeconfig);
    System.setProperty("kubernetes.master", api.url());
    System.setProperty("no.proxy", "127.0.0.1");
    var access = new ClusterAccess(Map.of("KUBECONFIG", kubeconfig), folder, folder);
    try (var client = access.connect()) {
      require(api.url().equals(client.getMasterUrl().toString()), "the cluster of the training");
    }
    return access;
  }

  private interface Ending extends AutoCloseable {
    @Override
    void close();
  }

  private static Ending closing(Deque<RunningGateway> running) {
    return () -> running.forEach(RunningGateway::close);
  }

  private static void require(boolean done, String what) {
    if (!done) {
      throw new IllegalStateException("the training has not seen " + what);
    }
  }

  /** More than once: an RSA host key may still be on its way into the folder. */
  private static void delete(Path folder) throws IOException {
    for (var attempt = 1; ; attempt++) {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
        return;
      } catch (IOException | UncheckedIOException e) {
        if (attempt == DELETIONS) {
          throw e;
        }
      }
    }
  }
}
