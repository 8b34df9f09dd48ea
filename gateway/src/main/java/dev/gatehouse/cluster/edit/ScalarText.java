package dev.gatehouse.cluster.edit;

import dev.gatehouse.failure.UserError;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.StreamReader;

/** Writes a single value so that every reader of YAML 1.1 and 1.2 reads these characters. */
final class ScalarText {
  /** Numbers that have no second reading, unlike 017, 1_000, 12:30 and 1e3. */
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]+)?");

  private static final Set<String> FLAGS = Set.of("true", "false");

  /** Texts for this library and something else for others: kubectl takes y for true. */
  private static final Pattern AMBIGUOUS =
      Pattern.compile("[yYnN]|0o[0-7]+|[-+]?[0-9.]+[eE][-+]?[0-9]+|<<|=|[-+]?\\.(inf|nan|Inf|NaN)");

  private ScalarText() {}

  /** Writes a word; a number stays a number and a truth value one. */
  static String word(String word) {
    return NUMBER.matcher(word).matches() || FLAGS.contains(word) ? word : text(word, ' ');
  }

  /**
   * Writes a text.
   *
   * @param style the quote to take, or a blank for one only where it is needed
   */
  static String text(String text, char style) {
    if (!isSimple(text)) {
      return proved(doubleQuoted(text), text);
    }
    if (style == '"') {
      return proved(doubleQuoted(text), text);
    }
    return style == Part.Scalar.PLAIN && canBePlain(text) ? text : proved(singleQuoted(text), text);
  }

  private static String proved(String written, String text) {
    if (!reads(written, text)) {
      throw UserError.usage("YAML cannot hold that text");
    }
    return written;
  }

  private static boolean canBePlain(String text) {
    return !text.isEmpty()
        && text.equals(text.strip())
        && !AMBIGUOUS.matcher(text).matches()
        && reads(text, text)
        && reads("[" + text + ", x]", text)
        && reads("{" + text + ": x}", text)
        && reads("x: " + text + " # y", text);
  }

  /** Whether the first single value in it, a key or not, is that text and no number or the like. */
  private static boolean reads(String yaml, String text) {
    try {
      var scalar = Parts.of(yaml).map(Part::content).map(ScalarText::inner).orElseGet(Content::nothing);
      return scalar.equals(new Content.Scalar(Tag.STR.getValue(), text));
    } catch (UserError e) {
      return false;
    }
  }

  private static Content inner(Content content) {
    return switch (content) {
      case Content.Scalar s -> s;
      case Content.Sequence s -> s.items().size() == 2 ? s.items().getFirst() : s;
      case Content.Mapping m when m.pairs().size() != 1 -> m;
      case Content.Mapping m when m.pairs().getFirst().isFor("x") -> m.pairs().getFirst().value();
      case Content.Mapping m -> m.pairs().getFirst().key();
    };
  }

  private static boolean isSimple(String text) {
    return text.codePoints()
        .allMatch(
            c ->
                StreamReader.isPrintable(c)
                    && !Character.isISOControl(c)
                    && c != 0x2028
                    && c != 0x2029
                    && c != 0xFEFF);
  }

  private static String singleQuoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String doubleQuoted(String text) {
    var quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                  if (isSimple(Character.toString(c))) {
                    quoted.appendCodePoint(c);
                  } else {
                    quoted.append(c > 0xFFFF ? "\\U%08X".formatted(c) : "\\u%04X".formatted(c));
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }
}
