package dev.gatehouse.mfa;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An {@link Enrolment} as it is kept: a word and a value on each line. It is short, because those
 * of thousands of people share a Secret of 1 MiB.
 */
final class EnrolmentText {
  private static final String SECRET = "secret";
  private static final String SINCE = "since";
  private static final String LAST_STEP = "last-step";
  private static final String RECOVERY = "recovery";
  private static final String FAILURES = "failures";
  private static final String LOCKED_UNTIL = "locked-until";

  private EnrolmentText() {}

  static String of(Enrolment enrolment) {
    return String.join(
        "\n",
        SECRET + " " + enrolment.secret().base32(),
        SINCE + " " + enrolment.since(),
        LAST_STEP + " " + enrolment.lastStep(),
        RECOVERY + " " + String.join(",", enrolment.recovery()),
        FAILURES + " " + enrolment.failures(),
        LOCKED_UNTIL + " " + enrolment.lockedUntil(),
        "");
  }

  /**
   * @throws IOException if anything is missing or malformed; the message does not repeat it
   */
  static Enrolment parse(String text) throws IOException {
    // Without a cause: its message would quote the line.
    return parsed(text)
        .orElseThrow(() -> new IOException("a second factor that is kept is malformed"));
  }

  private static Optional<Enrolment> parsed(String text) {
    var values = new HashMap<String, String>();
    text.lines()
        .map(line -> line.split(" ", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> values.put(parts[0], parts[1]));
    try {
      return Optional.of(
          new Enrolment(
              TotpSecret.ofBase32(value(values, SECRET)),
              Instant.parse(value(values, SINCE)),
              Long.parseLong(value(values, LAST_STEP)),
              recovery(value(values, RECOVERY)),
              Integer.parseInt(value(values, FAILURES)),
              Instant.parse(value(values, LOCKED_UNTIL))));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String value(Map<String, String> values, String key) {
    var value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException(key);
    }
    return value;
  }

  private static List<String> recovery(String hashes) {
    return hashes.isEmpty() ? List.of() : List.of(hashes.split(",", -1));
  }
}
