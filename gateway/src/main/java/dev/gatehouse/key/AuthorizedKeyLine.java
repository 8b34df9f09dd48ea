package dev.gatehouse.key;

import dev.gatehouse.failure.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One line of an authorized_keys file, which is also a value of {@code sshPublicKey}: {@code
 * [options] type base64 [comment]} (sshd(8), AUTHORIZED_KEYS FILE FORMAT).
 *
 * @param key the key under its conditions
 * @param line as it was written
 * @param comment what stands behind the key; hostile
 */
public record AuthorizedKeyLine(AuthorizedKey key, String line, String comment) {
  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_OPTIONS = 100;
  private static final int LONGEST_START = "ecdsa-".length();

  /**
   * Reads a line.
   *
   * @throws UserError if it is none, or has an option that is not understood: a condition must not
   *     be lost
   */
  public static AuthorizedKeyLine parse(String line) {
    if (line.contains("PRIVATE KEY")) {
      throw UserError.usage(
          "this is a private key, which nobody else should ever see; the public one is in the file"
              + " that ends in .pub");
    }
    if (line.length() > MAX_LINE) {
      throw UserError.usage("not an SSH public key: longer than %d characters".formatted(MAX_LINE));
    }
    var text = line.strip();
    if (text.chars().anyMatch(c -> c < ' ' && c != '\t')) {
      throw UserError.usage("not an SSH public key: a key is one line");
    }
    var options = beginsWithKey(text) ? 0 : endOfOptions(text);
    var rest = text.substring(options).strip();
    var parts = SshPublicKey.parts(rest);
    var key = SshPublicKey.of(parts);
    return new AuthorizedKeyLine(
        KeyOptions.read(split(text.substring(0, options))).of(key),
        text,
        parts.length > 2 ? parts[2].strip() : "");
  }

  /** What stands in front of the key, as it was written; hostile. */
  public String options() {
    return beginsWithKey(line) ? "" : line.substring(0, endOfOptions(line)).strip();
  }

  /** No option is called like a key type. */
  private static boolean beginsWithKey(String text) {
    var start = text.substring(0, Math.min(LONGEST_START, text.length())).toLowerCase(Locale.ROOT);
    return start.startsWith("ssh-") || start.startsWith("ecdsa-") || start.startsWith("sk-");
  }

  /** Where the first blank outside of quotes stands. */
  private static int endOfOptions(String text) {
    var quoted = false;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '\\' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ' ' || c == '\t')) {
        return i;
      }
    }
    throw UserError.usage(
        quoted
            ? "not an SSH public key: a quotation mark of its options is not closed"
            : "not an SSH public key: expected '[options] type base64 [comment]'");
  }

  /** At commas outside of quotes. */
  private static List<String> split(String options) {
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    var quoted = false;
    for (var i = 0; i < options.length(); i++) {
      var c = options.charAt(i);
      if (c == '\\' && quoted && i + 1 < options.length() && options.charAt(i + 1) == '"') {
        part.append(c).append(options.charAt(++i));
      } else if (c == ',' && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        quoted ^= c == '"';
        part.append(c);
      }
    }
    if (!options.isEmpty()) {
      parts.add(part.toString());
    }
    if (parts.size() > MAX_OPTIONS) {
      throw UserError.usage("more than %d options in front of the key".formatted(MAX_OPTIONS));
    }
    return parts;
  }
}
