package dev.gatehouse.console;

import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.key.KeyPolicy;
import java.util.List;

/** Public keys that somebody gives, as words of the command or on stdin. */
final class NewKeys {
  private static final String STDIN = "-";

  private NewKeys() {}

  /**
   * @param words {@code type base64 [comment]}, also as a single word; {@code -} or nothing means
   *     stdin, a key a line
   * @throws UserError if one of them is no key or too weak; the message says which and why
   */
  static List<AuthorizedKeyLine> from(List<String> words, Input input) throws InterruptedException {
    var text =
        words.isEmpty() || words.equals(List.of(STDIN)) ? stdin(input) : String.join(" ", words);
    var lines = text.lines().map(String::strip).filter(NewKeys::isKey).toList();
    if (lines.isEmpty()) {
      throw UserError.usage("there is no key; give the line of a file such as id_ed25519.pub");
    }
    return lines.stream().map(NewKeys::accepted).toList();
  }

  private static String stdin(Input input) throws InterruptedException {
    return input.read("The public key, as in id_ed25519.pub");
  }

  /** sshd(8): empty lines and those that begin with # are comments. */
  private static boolean isKey(String line) {
    return !line.isEmpty() && !line.startsWith("#");
  }

  private static AuthorizedKeyLine accepted(String line) {
    var key = AuthorizedKeyLine.parse(line);
    KeyPolicy.objection(key.key().key())
        .ifPresent(
            why -> {
              throw UserError.usage(
                  "the key %s is refused: %s".formatted(key.key().key().fingerprint(), why));
            });
    return key;
  }
}
