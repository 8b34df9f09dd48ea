package dev.gatehouse.doctor;

/**
 * What a check has found.
 *
 * @param what one sentence without a full stop
 * @param advice what to do about it; empty where there is nothing to do
 */
public record Finding(State state, String what, String advice) {
  /** The worst first. */
  public enum State {
    PROBLEM("problem"),
    WARNING("warning"),
    NOT_CHECKED("not checked"),
    OK("ok");

    private final String word;

    State(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  public static Finding ok(String what) {
    return new Finding(State.OK, what, "");
  }

  public static Finding warning(String what, String advice) {
    return new Finding(State.WARNING, what, advice);
  }

  public static Finding problem(String what, String advice) {
    return new Finding(State.PROBLEM, what, advice);
  }

  public static Finding notChecked(String what, String advice) {
    return new Finding(State.NOT_CHECKED, what, advice);
  }
}
