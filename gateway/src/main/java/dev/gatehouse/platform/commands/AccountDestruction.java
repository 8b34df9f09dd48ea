package dev.gatehouse.platform.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a destruction deletes from the cloud account, in its order, and what stays there. */
final class AccountDestruction {
  private final Cloud cloud;
  private final List<String> stacks;

  /**
   * @param cloud is asked at once which stacks there are
   */
  AccountDestruction(Cloud cloud) {
    this.cloud = cloud;
    this.stacks = cloud.present();
  }

  boolean isNothing() {
    return stacks.isEmpty();
  }

  boolean hasCluster() {
    return cloud.isThere();
  }

  /** What is deleted, for people. */
  List<String> lines() {
    var lines = new ArrayList<String>();
    if (!stacks.isEmpty()) {
      lines.add("This deletes from the account, with %s:".formatted(cloud.place()));
      stacks.forEach(stack -> lines.add("  stack " + stack));
    }
    return lines;
  }

  /** What stays, and costs, and nobody looks after any more; for people. */
  List<String> kept() {
    var kept = new ArrayList<>(cloud.kept(stacks));
    cloud.volumes().forEach(volume -> kept.add("the volume " + volume));
    return kept;
  }

  /** Deletes all of it; run again after a failure, it goes on. */
  void run(Consumer<String> told) throws InterruptedException {
    for (var stack : stacks) {
      told.accept("stack %s: is deleted".formatted(stack));
      cloud.remove(stack, new Changes(line -> told.accept("stack %s: %s".formatted(stack, line))));
      told.accept("stack %s is gone".formatted(stack));
    }
  }

  /** Passes on what differs from the line before. */
  private static final class Changes implements Consumer<String> {
    private final Consumer<String> told;
    private String before = "";

    private Changes(Consumer<String> told) {
      this.told = told;
    }

    @Override
    public void accept(String line) {
      if (!line.equals(before)) {
        before = line;
        told.accept(line);
      }
    }
  }
}
