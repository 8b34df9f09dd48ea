package dev.gatehouse.console.commands.keys;

import dev.gatehouse.console.Call;
import dev.gatehouse.console.terminal.Input;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.key.KeyPolicy;
import dev.gatehouse.key.KeyText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Public keys that somebody gives, as words of the command or on stdin. */
public final class NewKeys {
  private static final String STDIN = "-";

  private static final Pattern FILE =
      Pattern.compile("~\\S*|(?:\\S*[/\\\\])?(?:id_\\w+|[^\\s/]+\\.(?:pub|keys|pem|ppk|txt))");

  private NewKeys() {}

  /**
   * @param words {@code type base64 [comment]}, also as a single word; {@code -} or nothing means
   *     stdin, with keys in any form that {@link KeyText} takes
   * @throws UserError if one of them is no key or too weak; the message says which and why
   */
  public static List<AuthorizedKeyLine> from(List<String> words, Input input)
      throws InterruptedException {
    if (words.size() == 1 && isFile(words.getFirst())) {
      var file = Quote.plain(words.getFirst());
      throw UserError.usage(
          "'%s' is the name of a file, which cannot be read from here; write '- < %s'"
              .formatted(file, file));
    }
    var text =
        words.isEmpty() || words.equals(List.of(STDIN)) ? stdin(input) : String.join(" ", words);
    var lines = KeyText.lines(text);
    if (lines.isEmpty()) {
      throw UserError.usage("there is no key; give the line of a file such as id_ed25519.pub");
    }
    return lines.stream().map(NewKeys::accepted).toList();
  }

  /**
   * Keys as {@code https://github.com/NAME.keys} lists them. Nobody chose these for logins here, so
   * one that is too weak is told and left out.
   *
   * @throws UserError if none is left
   */
  public static List<AuthorizedKeyLine> fromGithub(Call call) throws InterruptedException {
    var keys = new ArrayList<AuthorizedKeyLine>();
    for (var line : KeyText.lines(stdin(call.input()))) {
      try {
        keys.add(accepted(line + (line.split("[ \t]+").length == 2 ? " github" : "")));
      } catch (UserError e) {
        call.screen().tell(Line.of("left out: " + e.text()));
      }
    }
    if (keys.isEmpty()) {
      throw UserError.usage("there is no key to log in with in what was piped in");
    }
    return List.copyOf(keys);
  }

  /** Whether it looks like the name of a file with a key, not like a key. */
  public static boolean isFile(String word) {
    return FILE.matcher(word).matches();
  }

  private static String stdin(Input input) throws InterruptedException {
    return input.read("The public key, as in id_ed25519.pub");
  }

  /**
   * @throws UserError if it is none, or too weak
   */
  public static AuthorizedKeyLine accepted(String line) {
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
