package dev.gatehouse.frontdoor.login;

import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import java.util.Optional;

/**
 * The user name of an SSH login: {@code uid}, {@code uid+workspace} or {@code uid+gate}.
 *
 * @param target what is wanted behind the gateway
 */
public record LoginName(Username username, Target target) {
  private static final String CONSOLE = "gate";

  /** Where a login leads. */
  public sealed interface Target {
    record Workspace(WorkspaceName name) implements Target {
      /** Says {@code workspace gpu}. */
      @Override
      public String toString() {
        return "workspace " + name;
      }
    }

    record Console() implements Target {
      @Override
      public String toString() {
        return "console";
      }
    }

    /** Nowhere but to setting up a second factor, whatever was asked for. */
    record Enrolment() implements Target {
      @Override
      public String toString() {
        return "second factor";
      }
    }
  }

  @Override
  public String toString() {
    return switch (target) {
      case Target.Workspace(var name) when name.equals(WorkspaceName.MAIN) -> username.value();
      case Target.Workspace(var name) -> username + "+" + name;
      case Target.Console() -> username + "+" + CONSOLE;
      case Target.Enrolment() -> username + " (to set up a second factor)";
    };
  }

  /** Empty if the name is malformed: such a person cannot exist, and is answered like one. */
  public static Optional<LoginName> parse(String text) {
    var plus = text.indexOf('+');
    try {
      var username = new Username(plus < 0 ? text : text.substring(0, plus));
      return Optional.of(new LoginName(username, target(plus < 0 ? "" : text.substring(plus))));
    } catch (UserError e) {
      return Optional.empty();
    }
  }

  private static Target target(String suffix) {
    if (suffix.isEmpty()) {
      return new Target.Workspace(WorkspaceName.MAIN);
    }
    var name = suffix.substring(1);
    return name.equals(CONSOLE)
        ? new Target.Console()
        : new Target.Workspace(new WorkspaceName(name));
  }
}
