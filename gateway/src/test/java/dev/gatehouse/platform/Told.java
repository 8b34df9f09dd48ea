package dev.gatehouse.platform;

import java.util.List;
import java.util.function.Consumer;

/** Is told the name of each part that begins. */
record Told(Consumer<String> beginning) implements Progress {
  @Override
  public void begins(PartPlan part) {
    beginning.accept(part.part().name());
  }

  @Override
  public void waits(PartPlan part, String what) {}

  @Override
  public void done(PartPlan part) {}

  @Override
  public void stops(PartPlan at, List<PartPlan> notDone) {}
}
