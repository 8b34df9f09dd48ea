package dev.gatehouse.testkit;

import dev.gatehouse.key.SshPublicKey;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A {@link StagedGateway} in a process of its own, with 256 MB of heap and the log of a real one.
 * Its people are alice and mallory, with the keys that the test gives them.
 */
public final class GatewayProcess implements AutoCloseable {
  private static final Duration LIFE = Duration.ofMinutes(5);

  private final Path folder = Folders.temporary();
  private final Running process;
  private final int port;

  private GatewayProcess(String definition, RawKey alice, RawKey mallory) {
    process =
        Program.in(
                folder,
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    classPath(),
                    Child.class.getName(),
                    definition,
                    alice.publicKey().line(),
                    mallory.publicKey().line()))
            .typed()
            .within(LIFE)
            .start();
    port = Integer.parseInt(process.awaitStdout("port (\\d+)\n").group(1));
  }

  public static GatewayProcess start(String definition, RawKey alice, RawKey mallory) {
    return new GatewayProcess(definition, alice, mallory);
  }

  public int port() {
    return port;
  }

  /** All that the process has logged, the libraries' lines included. */
  public String log() {
    return process.stderrSoFar();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.endInput();
    process.await();
    process.close();
    Folders.delete(folder);
  }

  /** Where this class was found, which a test runner may keep from the JVM's own class path. */
  public static String classPath() {
    return GatewayProcess.class.getClassLoader() instanceof URLClassLoader loader
        ? Stream.of(loader.getURLs())
            .map(GatewayProcess::path)
            .collect(Collectors.joining(File.pathSeparator))
        : Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
  }

  private static String path(URL url) {
    try {
      return Path.of(new URI(url.toString())).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static final class Child {
    private Child() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException {
      var people =
          People.of()
              .add("alice", SshPublicKey.parse(args[1]))
              .add("mallory", SshPublicKey.parse(args[2]));
      try (var gateway = StagedGateway.start(args[0], people)) {
        System.out.println("port " + gateway.port());
        while (System.in.read() >= 0) {
          // Until the test closes it.
        }
      }
    }
  }
}
