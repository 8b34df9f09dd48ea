package dev.gatehouse.platform;

import java.util.List;

/** Is told how an apply goes. Calls come from one thread. */
public interface Progress {
  /** A part is begun; it has changes, or may still be on its way from an earlier apply. */
  void begins(PartPlan part);

  /**
   * A part waits.
   *
   * @param what such as {@code Deployment gatehouse/gatehouse: 1 of 2 ready}; it is told again and
   *     again
   */
  void waits(PartPlan part, String what);

  void done(PartPlan part);

  /** The apply ends before its end; why is thrown. */
  void stops(PartPlan at, List<PartPlan> notDone);

  /** Tells nobody. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void begins(PartPlan part) {}

      @Override
      public void waits(PartPlan part, String what) {}

      @Override
      public void done(PartPlan part) {}

      @Override
      public void stops(PartPlan at, List<PartPlan> notDone) {}
    };
  }
}
