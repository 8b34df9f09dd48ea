package dev.gatehouse.workspace.local;

import dev.gatehouse.workspace.WorkspaceSpec;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One run of a workspace, as its sessions see it.
 *
 * @param sftpServer serves SFTP; without it, MINA's SFTP does
 * @param services starts and watches over services
 */
record Machine(
    WorkspaceSpec spec,
    Path home,
    Account account,
    ProcessTrees processes,
    Optional<SftpServer> sftpServer,
    ServiceProgram services) {
  String login() {
    return spec.id().owner().value();
  }
}
