package dev.gatehouse.console;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.Failure;
import java.util.Optional;

/** Who may run a command. Every command names one; only the {@link Dispatcher} asks. */
public enum Access {
  /** Everybody whose account is not disabled. */
  ANYBODY,
  /** Members of the administrators' group. */
  ADMINISTRATOR;

  /** Why this person is refused; empty when they may go on. */
  Optional<Failure.Denied> refusal(Admission admission, Person person) {
    if (person.disabled()) {
      return Optional.of(new Failure.Denied("account-disabled", "your account is disabled"));
    }
    return switch (this) {
      case ANYBODY -> Optional.empty();
      case ADMINISTRATOR ->
          admission.isAdministrator(person)
              ? Optional.empty()
              : Optional.of(
                  new Failure.Denied("not-administrator", "this command is for administrators"));
    };
  }
}
