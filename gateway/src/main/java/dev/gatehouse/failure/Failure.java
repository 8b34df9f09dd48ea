package dev.gatehouse.failure;

/**
 * Why somebody does not get what they asked for. The three are told apart everywhere: who is denied
 * must ask for rights, who meets something unavailable tries again, and what is broken is ours to
 * mend.
 */
public sealed interface Failure {
  /** A stable code, such as {@code workspace-start-timeout}; docs/codes.md lists them. */
  String code();

  /** One plain line for the person, without a full stop. */
  String message();

  ExitCode exit();

  /** The line as a person sees it. */
  default String line() {
    return message() + " (" + code() + ")";
  }

  record Denied(String code, String message) implements Failure {
    @Override
    public ExitCode exit() {
      return ExitCode.NOPERM;
    }
  }

  record Unavailable(String code, String message) implements Failure {
    @Override
    public ExitCode exit() {
      return ExitCode.UNAVAILABLE;
    }
  }

  record Broken(String code, String message) implements Failure {
    @Override
    public ExitCode exit() {
      return ExitCode.SOFTWARE;
    }
  }
}
