package dev.gatehouse.testkit;

import dev.gatehouse.workspace.local.LocalWorkspaces;
import java.time.InstantSource;

/** The gateway with the workspaces of the embedded default behind it. */
public final class LocalTarget {
  private LocalTarget() {}

  /**
   * Starts one.
   *
   * @param definition cluster.yaml; it should ask for port 0
   */
  public static GatewayTarget start(String definition) {
    var state = Folders.temporary();
    return GatewayTarget.start(
        definition,
        state.resolve("homes/" + GatewayTarget.LOGIN),
        userCa -> new LocalWorkspaces(state, userCa, InstantSource.system()));
  }
}
