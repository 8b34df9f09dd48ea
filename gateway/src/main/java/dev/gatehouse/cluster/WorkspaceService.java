package dev.gatehouse.cluster;

import dev.gatehouse.name.ServiceName;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * A program that runs inside a workspace and that the first tunnel to it starts: Jupyter, say.
 *
 * @param command a line for {@code sh}
 * @param listens where it accepts connections, inside the workspace
 * @param readyPath what a GET of HTTP must answer with 200 to 399; without it, the service is ready
 *     when it accepts connections
 * @param readyTimeout how long that may take
 * @param folder where it starts: absolute, or {@code ~} and what follows it for the home
 * @param environment beside that of the machine type
 * @param tokenVariable in which it gets a token that is made for it in the workspace
 * @param path of its page, in which {@code {token}} stands for the token
 */
public record WorkspaceService(
    ServiceName name,
    String description,
    String command,
    Listens listens,
    Optional<String> readyPath,
    Duration readyTimeout,
    String folder,
    NavigableMap<String, String> environment,
    Optional<String> tokenVariable,
    String path) {
  /** Stands for the token in {@link #path}. */
  public static final String TOKEN = "{token}";

  /** Where a service accepts connections. */
  public sealed interface Listens {
    /** On a port of the loopback interface. */
    record Port(int number) implements Listens {
      @Override
      public String toString() {
        return "port " + number;
      }
    }

    /**
     * On a unix socket.
     *
     * @param path absolute, or {@code ~/} and what follows it for the home
     */
    record Socket(String path) implements Listens {
      @Override
      public String toString() {
        return path;
      }
    }
  }
}
