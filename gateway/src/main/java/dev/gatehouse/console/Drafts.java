package dev.gatehouse.console;

import dev.gatehouse.name.Username;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Texts that people were editing when their connection ended: the newest of each person, and of 20
 * people at most. They live as long as this gateway does. A text may be what somebody does not want
 * others to see, so it is not written anywhere.
 */
public final class Drafts {
  private static final int MOST = 20;

  private final Map<Username, Draft> byPerson = new LinkedHashMap<>();

  /**
   * A text that nobody has accepted.
   *
   * @param base the revision that it was made from
   */
  public record Draft(long base, String text) {}

  public synchronized void keep(Username person, Draft draft) {
    byPerson.remove(person);
    byPerson.put(person, draft);
    if (byPerson.size() > MOST) {
      byPerson.remove(byPerson.keySet().iterator().next());
    }
  }

  /** Returns the person's draft, and forgets it. */
  public synchronized Optional<Draft> take(Username person) {
    return Optional.ofNullable(byPerson.remove(person));
  }
}
