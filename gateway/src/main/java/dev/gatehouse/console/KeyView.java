package dev.gatehouse.console;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.key.KeyPolicy;
import dev.gatehouse.key.SshPublicKey;
import java.util.List;

/** How keys are shown, taken and named, in every command the same. */
final class KeyView {
  /** A key of 16384 bits with options and comment is shorter. */
  private static final int MOST = 16 * 1024;

  private KeyView() {}

  static Table table(List<AuthorizedKeyLine> keys) {
    return Table.of(keys)
        .column("type", k -> Value.of(k.key().key().type()))
        .column("fingerprint", k -> Value.of(k.key().key().fingerprint()))
        .whole()
        .column("options", k -> Value.of(options(k)))
        .column("comment", k -> Value.of(k.comment()))
        .whenEmpty("No keys. To add one: gate keys add < ~/.ssh/id_ed25519.pub");
  }

  /**
   * Takes a key from the words of a command line, or from what was piped in.
   *
   * @throws UserError if there is none, or it is not fit for a login
   */
  static AuthorizedKeyLine read(List<String> words, Input input) {
    var text = words.isEmpty() ? input.piped(MOST).orElse("") : String.join(" ", words);
    if (text.isBlank()) {
      throw UserError.usage(
          "give the public key, or pipe it in:  ssh … gate keys add < ~/.ssh/id_ed25519.pub");
    }
    var key = AuthorizedKeyLine.parse(text);
    KeyPolicy.objection(key.key().key())
        .ifPresent(
            why -> {
              throw new UserError(ExitCode.DATAERR, "this key is not accepted: " + why);
            });
    return key;
  }

  /**
   * The one key that a person means by the beginning of its fingerprint or by its comment.
   *
   * @throws UserError if that is none, or more than one
   */
  static SshPublicKey find(List<AuthorizedKeyLine> keys, String named) {
    var found =
        keys.stream().filter(k -> isNamed(k, named)).map(k -> k.key().key()).distinct().toList();
    if (found.size() != 1) {
      throw new UserError(
          ExitCode.DATAERR,
          found.isEmpty()
              ? "there is no key %s; 'gate keys list' shows them".formatted(Quote.of(named))
              : "%s names %d keys; give more of the fingerprint"
                  .formatted(Quote.of(named), found.size()));
    }
    return found.getFirst();
  }

  private static boolean isNamed(AuthorizedKeyLine key, String named) {
    var fingerprint = key.key().key().fingerprint();
    return fingerprint.startsWith(named)
        || fingerprint.startsWith("SHA256:" + named)
        || key.comment().equals(named);
  }

  /** What stands in front of the key. */
  private static String options(AuthorizedKeyLine key) {
    var at = key.line().indexOf(key.key().key().type());
    return at <= 0 ? "" : key.line().substring(0, at).strip();
  }
}
