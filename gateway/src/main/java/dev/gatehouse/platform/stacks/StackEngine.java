package dev.gatehouse.platform.stacks;

import java.util.List;
import java.util.function.Consumer;

/** Plans, applies and removes the stacks of one cluster. */
public interface StackEngine {
  /** Only reads, and leaves nothing behind. */
  StackPlan plan(Stack stack);

  /**
   * Makes the stack so, and waits until it is. An apply that is repeated, or that follows one which
   * died at any point, ends the same.
   *
   * @param shown the plan of it that a person has seen, which refuses nothing
   * @param waits is told what it waits for
   * @throws dev.gatehouse.failure.FailureException {@code plan-outdated} if the stack has changed
   *     since then; else what went wrong, and what to do
   */
  void apply(Stack stack, StackPlan shown, Consumer<String> waits) throws InterruptedException;

  /** The names of the stacks that are there and belong to the cluster, in alphabetical order. */
  List<String> present();

  /**
   * Deletes a stack, and waits until it is gone. What holds data stays in the account.
   *
   * @throws dev.gatehouse.failure.FailureException with what keeps it from going
   */
  void remove(String name, Consumer<String> waits) throws InterruptedException;

  /** The resources of a stack that hold data, as lines for people: they stay when it goes. */
  List<String> kept(String name);

  /** What somebody has changed by hand, as lines for people; asks each resource, for minutes. */
  List<String> drift(String name) throws InterruptedException;
}
