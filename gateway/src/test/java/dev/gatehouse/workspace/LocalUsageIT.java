package dev.gatehouse.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.name.WorkspaceName;
import org.junit.jupiter.api.Test;

/** What the processes of a local workspace take. */
class LocalUsageIT extends LocalWorkspaceDriver {
  private Usage usage() {
    return workspaces
        .usage(WorkspacesContract.id(WorkspacesContract.ALICE, WorkspaceName.MAIN))
        .orElseThrow();
  }

  @Test
  void usage_ofADetachedLoop_isCounted() throws Exception {
    ssh("nohup sh -c 'while :; do :; done' >/dev/null 2>&1 &");

    until(() -> usage().millicores() > 10);

    assertThat(usage().memoryBytes()).isGreaterThan(100_000);
  }
}
