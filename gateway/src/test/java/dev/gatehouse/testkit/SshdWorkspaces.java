package dev.gatehouse.testkit;

import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.Progress;
import dev.gatehouse.workspace.Start;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceSpec;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Debian's sshd as everybody's workspace, running all the time. */
public final class SshdWorkspaces extends BareWorkspaces {
  private final PlainSshd sshd;

  public SshdWorkspaces(SshPublicKey userCa) {
    this.sshd = PlainSshd.trusting(userCa, System.getProperty("user.name"));
  }

  /** The workspace itself. */
  public PlainSshd sshd() {
    return sshd;
  }

  @Override
  public Optional<Endpoint> running(WorkspaceId id) {
    return Optional.of(sshd.endpoint());
  }

  @Override
  public Start start(WorkspaceSpec spec) {
    return new Start() {
      @Override
      public CompletionStage<Endpoint> endpoint() {
        return CompletableFuture.completedStage(sshd.endpoint());
      }

      @Override
      public void onProgress(Consumer<Progress> listener) {}
    };
  }

  @Override
  public void close() {
    sshd.close();
  }
}
