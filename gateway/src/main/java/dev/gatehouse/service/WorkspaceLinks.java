package dev.gatehouse.service;

import dev.gatehouse.workspace.Endpoint;
import java.time.Duration;

/** Connects the gateway itself to the sshd of a workspace, as its person. */
public interface WorkspaceLinks {
  /**
   * Blocks until it is connected.
   *
   * @param limit the connection is closed after that time at the latest, whatever it is used for
   * @throws dev.gatehouse.failure.FailureException if the sshd does not let us in
   */
  WorkspaceLink open(Endpoint endpoint, Duration limit);
}
