package dev.gatehouse.console;

import dev.gatehouse.workspace.Usage;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.Workspaces;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;

/** What many workspaces take now, asked side by side. */
public final class Usages {
  /** Each question goes to the cluster's metrics API. */
  private static final int AT_A_TIME = 16;

  private Usages() {}

  /** Blocks. Those that nobody measures are left out. */
  public static Map<WorkspaceId, Usage> of(Collection<WorkspaceId> workspaces, Workspaces platform)
      throws InterruptedException {
    try (var threads = Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
      var asked = new HashMap<WorkspaceId, CompletionStage<Optional<Usage>>>();
      workspaces.forEach(
          id -> asked.put(id, CompletableFuture.supplyAsync(() -> platform.usage(id), threads)));
      var usages = new HashMap<WorkspaceId, Usage>();
      for (var answer : asked.entrySet()) {
        Stages.await(answer.getValue()).ifPresent(usage -> usages.put(answer.getKey(), usage));
      }
      return usages;
    }
  }
}
