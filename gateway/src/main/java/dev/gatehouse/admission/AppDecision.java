package dev.gatehouse.admission;

import dev.gatehouse.cluster.App;
import dev.gatehouse.failure.Failure;

/** The answer to "may this person have a tunnel to this host and port, as that of an app?". */
public sealed interface AppDecision {
  /**
   * @param port one of the app's
   */
  record Granted(App app, int port) implements AppDecision {}

  record Denied(Failure.Denied why) implements AppDecision {}

  /** No app is called so: the host is one that the workspace may know. */
  record NoApp() implements AppDecision {}
}
