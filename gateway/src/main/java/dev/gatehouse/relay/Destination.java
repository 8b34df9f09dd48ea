package dev.gatehouse.relay;

import dev.gatehouse.cluster.Limits;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.key.Restrictions;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.Start;
import java.util.Optional;

/**
 * What one client connection may reach, decided by the front door when the person has logged in.
 * Nothing here may block: it is called on I/O threads.
 */
public interface Destination {
  /**
   * What the start of the workspace is called towards the person, such as {@code workspace main}.
   */
  String name();

  /** Where a session goes, asked once for each session at its shell, exec or subsystem request. */
  Route route(SessionRequest request);

  /**
   * Has the workspace started, if it is not running; a denial is a start that failed. Asked
   * whenever a channel needs the workspace and there is no connection to it.
   *
   * @param terminal whether a person at a terminal asks, and not perhaps a program of theirs
   */
  Start start(boolean terminal);

  /** Where the workspace can be reached if it runs already. Starts nothing and decides nothing. */
  Optional<Endpoint> running();

  /**
   * Why the workspace is ending, or has ended just now. Empty if it goes on, or if nobody knows
   * yet.
   */
  default Optional<Failure> whyLost() {
    return Optional.empty();
  }

  /**
   * Where a direct-tcpip leads whose host is the name of an app: past the workspace, which need not
   * run for it. Empty if it is no app's.
   */
  Optional<AppRoute> app(AppTarget target);

  /** Whether what was granted still is; asked now and then, while a channel is open. */
  boolean keepsApp(AppTarget target);

  /**
   * What starts the service that a tunnel into the workspace leads to. Empty for all other targets,
   * and so for nearly every tunnel: it must be quick.
   */
  default Optional<ServiceDial> service(TunnelTarget target) {
    return Optional.empty();
  }

  /** What the login may not do. */
  Restrictions restrictions();

  /** Those in force at the login. */
  Limits limits();

  /** Shown above the prompt when a shell starts on a terminal. */
  Optional<String> motd();

  /** What becomes of a channel to an app. */
  sealed interface AppRoute {
    record Granted(AppDial dial) implements AppRoute {}

    record Denied(Failure.Denied why) implements AppRoute {}
  }

  /** Where a session goes. */
  sealed interface Route {
    /** To the workspace. */
    record Workspace() implements Route {}

    /** To a program inside the gateway. */
    record Local(LocalProgram program) implements Route {}
  }
}
