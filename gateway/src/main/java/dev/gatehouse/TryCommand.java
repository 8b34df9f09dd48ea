package dev.gatehouse;

import dev.gatehouse.cluster.LiveDefinition;
import dev.gatehouse.directory.EmbeddedDirectory;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.file.SharedFolder;
import dev.gatehouse.mfa.SecondFactors;
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
 * one command gives a platform to try.
 */
@Command(
    name = "try",
    description = {
      "Starts a gateway to try on this machine: its directory and its workspaces are in this"
          + " process."
    },
    mixinStandardHelpOptions = true)
final class TryCommand implements Callable<Integer> {
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
          "Keep keys, people and homes in this folder. Default: ~/.local/state/gatehouse.")
  private @Nullable Path state;

  @Option(
      names = "--cluster",
      paramLabel = "FILE",
      description = "Read this cluster definition. Default: config/cluster.yaml of Gatehouse.")
  private @Nullable Path cluster;

  /** Its options are picocli's to set. */
  TryCommand() {}

  TryCommand(@Nullable Integer port, @Nullable Path state, @Nullable Path cluster) {
    this.port = port;
    this.state = state;
    this.cluster = cluster;
  }

  @Override
  public Integer call() throws InterruptedException {
    start(Running::endWithProcess);
    new CountDownLatch(1).await();
    return 0;
  }

  /**
   * @param started is given it when it accepts, before people are told
   */
  void start(Consumer<Running> started) {
    var clock = InstantSource.system();
    var installation = Installation.find();
    var definition = definition(installation);
    var folder = PrivateFolder.open(Optional.ofNullable(state));
    // First, because it keeps a second gateway out of the folder.
    var directory =
        EmbeddedDirectory.open(
            installation.config("people.ldif"), folder.file("directory.ldif"), clock);
    var user = OsUser.find(folder);
    directory.ensurePerson(
        user.username(),
        user.displayName(),
        user.keys(),
        definition.get().directory().administrators());
    var gateway =
        new Gateway(
            definition,
            SharedFolder.alone(folder.path()),
            directory.directory(),
            directory.administration(),
            secondFactors(folder, clock),
            userCa -> new LocalWorkspaces(folder.path(), userCa, clock),
            clock);
    started.accept(new Running(gateway.port(), () -> drain(gateway, directory)));
    var entry = new EntryFiles(folder, user, gateway).write();
    Welcome.print(System.out, definition.get().gateway().name(), user, gateway, entry);
  }

  private static void drain(Gateway gateway, EmbeddedDirectory directory) {
    var open = gateway.connections();
    if (open > 0) {
      System.out.printf("%nclosing %d connection%s%n", open, open == 1 ? "" : "s");
    }
    gateway.close();
    directory.close();
  }

  private static SecondFactors secondFactors(PrivateFolder folder, InstantSource clock) {
    var own = PrivateFolder.open(Optional.of(folder.file("second-factors")));
    return new SecondFactors(List.of(SharedFolder.alone(own.path())), clock);
  }

  private LiveDefinition definition(Installation installation) {
    var file = cluster == null ? installation.config("cluster.yaml") : cluster;
    return new LiveDefinition(
        file, d -> port == null ? d : d.withGateway(d.gateway().withPort(port)));
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
