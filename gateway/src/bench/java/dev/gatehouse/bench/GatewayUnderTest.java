package dev.gatehouse.bench;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.GatewayTarget;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Running;
import dev.gatehouse.testkit.SshdWorkspaces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The gateway in a process of its own, run as the launcher runs it, before a sshd of the same kind.
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
    process =
        Program.in(
                folder,
                Stream.of(
                        Stream.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                        Stream.of(System.getProperty("bench.jvm", "-XX:+UseParallelGC").split(" ")),
                        Stream.of(
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Child.class.getName()))
                    .flatMap(words -> words)
                    .toList())
            .typed()
            .within(LIFE)
            .start();
    var told = process.awaitStdout("gateway (\\d+) (\\S+) (\\S+) (\\S+)\n");
    door = new Door(Integer.parseInt(told.group(1)), told.group(2), Path.of(told.group(3)));
    Folders.write(
        config(),
        SshConfig.of("target", door.port(), door.login(), door.identity(), Path.of(told.group(4))));
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

  @Override
  public long memory() {
    return Proc.pss(process.pid());
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

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException {
      var home = Path.of(System.getProperty("user.home"));
      var workspaces = new AtomicReference<SshdWorkspaces>();
      try (var gateway =
          GatewayTarget.start(
              DEFINITION,
              home,
              userCa -> {
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
  }
}
