package dev.gatehouse.platform;

import java.util.function.Consumer;

/** Plans and applies one kind of part. */
interface Engine<P extends Part> {
  /** Only reads. */
  PartPlan plan(P part);

  /**
   * Makes the part so, and waits until it is. An apply that is repeated, or that follows one which
   * died at any point, ends the same.
   *
   * @param plan of this part, which refuses nothing
   * @param waits is told what it waits for
   */
  void apply(P part, PartPlan plan, Consumer<String> waits) throws InterruptedException;
}
