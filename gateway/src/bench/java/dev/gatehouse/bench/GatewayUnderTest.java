package dev.gatehouse.bench;

import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.GatewayTarget;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Running;
import dev.gatehouse.testkit.SshdWorkspaces;
import dev.gatehouse.workspace.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The gateway in a process of its own, run as the launcher runs it, before a sshd of the same kind
 * or before a {@link LightTarget}.
 */
final class GatewayUnderTest implements Contender {
  private static final Duration LIFE = Duration.ofHours(2);

  /** A measurement is no attack. */
  private static final String DEFINITION =
      "{gateway: {port: 0}, limits: {maxStartups: '9000:30:10000', perSourceMaxStartups: 9000,"
          + " connectionsPerPerson: 20000, perSourcePenalties: {enabled: false}}}";

  private final Path folder = Folders.temporary();
  private final Running process;
  private int forgotten;
  private final Door door;

  GatewayUnderTest() {
    this(List.of());
  }

  GatewayUnderTest(LightTarget target) {
    this(List.of(Integer.toString(target.port()), target.hostKey().line()));
  }

  private GatewayUnderTest(List<String> target) {
    process = Program.in(folder, command(target)).typed().within(LIFE).start();
    var told = Jvm.awaitStdout(process, "gateway (\\d+) (\\S+) (\\S+) (\\S+)\n");
    door = new Door(Integer.parseInt(told.group(1)), told.group(2), Path.of(told.group(3)));
    Folders.write(
        config(),
        SshConfig.of("target", door.port(), door.login(), door.identity(), Path.of(told.group(4))));
  }

  private static List<String> command(List<String> target) {
    var command = new ArrayList<String>();
    command.add("setsid"); // as a daemon has it, and as sshd gives one to each connection
    command.add(Jvm.program("java"));
    command.add(Jvm.launcherOptions());
    command.addAll(Jvm.moreOptions());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName()));
    command.addAll(target);
    return command;
  }

  @Override
  public String name() {
    return "gatehouse";
  }

  @Override
  public Path config() {
    return folder.resolve("config");
  }

  @Override
  public Door door() {
    return door;
  }

  /** Its process outlives them: what they used is known at once. */
  @Override
  public boolean isIdle() {
    return true;
  }

  @Override
  public void forget() {
    process.type("x");
    process.awaitStdout("forgotten %d\n".formatted(++forgotten));
  }

  @Override
  public double cpuSeconds() {
    return Proc.cpuSeconds(process.pid());
  }

  /** What is left after a collection: garbage is no cost of a connection. */
  @Override
  public long memory() {
    Jvm.collect(process.pid());
    return Proc.pss(process.pid());
  }

  /** Without a collection before. */
  long rss() {
    return Proc.rss(process.pid());
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.endInput();
    process.await();
    process.close();
    Folders.delete(folder);
  }

  /** The gateway's process. */
  static final class Child {
    private Child() {}

    /**
     * Runs it.
     *
     * @param args port and host key of what stands for all workspaces; none for a sshd
     */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException {
      var home = Path.of(System.getProperty("user.home"));
      var workspaces = new AtomicReference<SshdWorkspaces>();
      try (var gateway =
          GatewayTarget.start(
              DEFINITION,
              home,
              userCa -> {
                if (args.length > 0) {
                  return new OneEndpoint(endpoint(args));
                }
                workspaces.set(new SshdWorkspaces(userCa));
                return workspaces.get();
              })) {
        System.out.printf(
            "gateway %d %s %s %s%n",
            gateway.port(), gateway.login(), gateway.identity(), gateway.knownHosts());
        for (var times = 1; System.in.read() >= 0; times++) {
          workspaces.get().sshd().killConnections();
          System.out.printf("forgotten %d%n", times);
        }
      }
    }

    private static Endpoint endpoint(String[] args) {
      var address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
      return new Endpoint(address, "person", SshPublicKey.parse(args[1]));
    }
  }
}
