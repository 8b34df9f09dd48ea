package dev.gatehouse.trial;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.LiveDefinition;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.cluster.revisions.FileDefinitionStore;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.file.SharedFolder;
import dev.gatehouse.install.Installation;
import dev.gatehouse.install.PrivateFolder;
import dev.gatehouse.mfa.SecondFactors;
import dev.gatehouse.server.DirectoryBackend;
import dev.gatehouse.server.Gateway;
import dev.gatehouse.server.RunningGateway;
import dev.gatehouse.workspace.local.LocalWorkspaces;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * The embedded default: a directory and workspaces inside this process and on this machine, so that
 * one command gives a platform to try. A definition with {@code directory.ldap} has the people of
 * that directory instead.
 */
@Command(
    name = "try",
    description = {
      "Starts a gateway to try on this machine: its workspaces are in this process, and so is its"
          + " directory unless the cluster definition has directory.ldap."
    },
    mixinStandardHelpOptions = true)
public final class TryCommand implements Callable<Integer> {
  private static final String LOOPBACK = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = PortNumber.class,
      description = "Listen on this port of 127.0.0.1; 0 takes any free one. Default: 2222.")
  private @Nullable Integer port;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Keep all keys, people and homes in this folder. Default: ~/.local/state/gatehouse.")
  private @Nullable Path state;

  @Option(
      names = "--cluster",
      paramLabel = "FILE",
      description = "Read this cluster definition. Default: Gatehouse's own config/cluster.yaml.")
  private @Nullable Path cluster;

  /** Its options are picocli's to set. */
  TryCommand() {}

  public TryCommand(@Nullable Integer port, @Nullable Path state, @Nullable Path cluster) {
    this.port = port;
    this.state = state;
    this.cluster = cluster;
  }

  @Override
  public Integer call() throws InterruptedException {
    start(RunningGateway::endWithProcess);
    new CountDownLatch(1).await();
    return 0;
  }

  /**
   * @param started is given it when it accepts, before people are told
   */
  public void start(Consumer<RunningGateway> started) {
    var clock = InstantSource.system();
    var installation = Installation.find();
    var definitions = definitions(installation, clock);
    var definition = new LiveDefinition(definitions.path(), this::onThisMachine);
    var folder = PrivateFolder.open(Optional.ofNullable(state));
    var entrance = Entrance.open(definition, folder, clock);
    var directoryBackend = entrance.directoryBackend();
    var gateway =
        new Gateway(
            definition,
            definitions,
            SharedFolder.alone(folder.path()),
            directoryBackend.directory(),
            directoryBackend.administration(),
            secondFactors(folder, clock),
            userCa -> new LocalWorkspaces(folder.path(), userCa, clock),
            clock);
    started.accept(
        new RunningGateway(gateway.port(), () -> drain(gateway, directoryBackend, definitions)));
    var config =
        new ClientConfig(folder, entrance.username(), entrance.identities(), gateway).write();
    Welcome.print(System.out, definition.get().gateway().name(), entrance, gateway, config);
  }

  private static void drain(
      Gateway gateway, DirectoryBackend directoryBackend, DefinitionStore definitions) {
    var open = gateway.connections();
    if (open > 0) {
      System.out.printf("%nclosing %d connection%s%n", open, open == 1 ? "" : "s");
    }
    gateway.close();
    definitions.close();
    directoryBackend.close();
  }

  private static SecondFactors secondFactors(PrivateFolder folder, InstantSource clock) {
    var own = PrivateFolder.open(Optional.of(folder.file("second-factors")));
    return new SecondFactors(List.of(SharedFolder.alone(own.path())), clock);
  }

  /** Gatehouse's own file is never written: it goes with the next version. */
  private FileDefinitionStore definitions(Installation installation, InstantSource clock) {
    var own = Optional.ofNullable(state).orElseGet(PrivateFolder::usual).resolve("definition");
    return cluster == null
        ? FileDefinitionStore.copying(installation.config("cluster.yaml"), own, clock)
        : FileDefinitionStore.of(cluster, own, clock);
  }

  /**
   * All people of a site would else be let into processes of the one who tries, from the network:
   * the definition that {@code serve} has often listens there.
   */
  private ClusterDefinition onThisMachine(ClusterDefinition definition) {
    var gateway = definition.gateway();
    var listening =
        definition.directory().ldap().isPresent() ? gateway.withHost(LOOPBACK) : gateway;
    return definition.withGateway(port == null ? listening : listening.withPort(port));
  }

  /** Reads a port, 0 included. */
  private static final class PortNumber implements ITypeConverter<Integer> {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");
    private static final int MAX = 65_535;

    @Override
    public Integer convert(String text) {
      if (!DIGITS.matcher(text).matches() || Integer.parseInt(text) > MAX) {
        throw new TypeConversionException(
            "%s is not a port number, from 0 to %d".formatted(Quote.of(text), MAX));
      }
      return Integer.valueOf(text);
    }
  }
}
