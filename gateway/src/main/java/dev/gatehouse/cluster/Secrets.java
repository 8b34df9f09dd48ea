package dev.gatehouse.cluster;

import dev.gatehouse.failure.UserError;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Finds secrets in clear text. The definition is no place for them: the console shows it, a
 * ConfigMap holds it, and its last hundred revisions stay. What is refused, and what is not, and
 * why, is in docs/decisions/0023-the-definition.md. No message repeats what it found.
 */
final class Secrets {
  /**
   * Forms that nothing else has; each is bounded, so that a hostile text costs no more than once.
   */
  private static final Map<String, Pattern> FORMS =
      Map.of(
          "a private key",
          Pattern.compile("-----BEGIN ([A-Z0-9]{1,16} ){0,3}PRIVATE KEY( BLOCK)?-----"),
          "an access key of AWS",
          word("(?:AKIA|ASIA)[0-9A-Z]{16}"),
          "a token of GitHub or GitLab",
          word("(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22}|glpat-[A-Za-z0-9_-]{20})"),
          "a token of Hugging Face, OpenAI or Anthropic",
          word("(?:hf_[A-Za-z0-9]{30}|sk-(?:proj-|ant-)?[A-Za-z0-9_-]{32})"),
          "a token of Slack",
          word("xox[abeprs]-[0-9A-Za-z-]{20}"),
          "a web token",
          word("eyJ[A-Za-z0-9_-]{10,500}\\.eyJ[A-Za-z0-9_-]{10,2000}\\.[A-Za-z0-9_-]{10}"),
          "a password in a URL",
          Pattern.compile("://[^/\\s:@'\"]{0,64}:[^/\\s@'\"]{1,128}@"));

  /** Keys that would hold one, were there such keys. */
  private static final Pattern KEY =
      Pattern.compile(
          ".*(password|passwd|passphrase|secret|token|credentials?|privatekey|accesskey|apikey)");

  /** Variables that hold one by custom; not TOKENS, TOKENIZERS_…, …_FILE and …_PATH. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(.*_)?(PASSWORD|PASSWD|PASSPHRASE|PWD|SECRET|TOKEN|CREDENTIALS?"
              + "|(API|ACCESS|SECRET|PRIVATE|SIGNING|ENCRYPTION)_?KEY)|PGPASSWORD");

  /** Variables of every shell, which hold a folder. */
  private static final Pattern FOLDER = Pattern.compile("(OLD)?PWD");

  /** What is no secret whatever its name: a file, a switch, a small number, a mark as of models. */
  private static final Pattern HARMLESS =
      Pattern.compile("|[/~.$].*|<.*>|\\[.*]|true|false|yes|no|none|null|[0-9]{1,5}");

  /** Of one form; nobody reads more. */
  private static final int MOST = 20;

  private Secrets() {}

  /** Not within a longer word, such as a public key. */
  private static Pattern word(String form) {
    return Pattern.compile("(?<![A-Za-z0-9/+_=-])" + form);
  }

  /**
   * Looks through the whole text, comments included: they are stored and shown as well.
   *
   * @param found takes the offset and what it is
   */
  static void find(String text, BiConsumer<Integer, String> found) {
    FORMS.forEach(
        (what, form) ->
            form.matcher(text)
                .results()
                .limit(MOST)
                .forEach(
                    match ->
                        found.accept(
                            match.start(),
                            ("here is %s in clear text, which everybody can read who may see the"
                                    + " definition; remove it, and replace it where it is in use."
                                    + " Keep secrets in files of a home, or on a claim that volumes"
                                    + " mount")
                                .formatted(what))));
  }

  /** Whether a key asks for a secret. */
  static boolean isKeyOfOne(String key) {
    return KEY.matcher(key.toLowerCase(Locale.ROOT).replaceAll("[_-]", "")).matches();
  }

  /** Reads the value of an environment variable. */
  static Function<ScalarNode, String> variable(String name) {
    return node -> {
      var value = Values.asWritten(node);
      var upper = name.toUpperCase(Locale.ROOT);
      if (VARIABLE.matcher(upper).matches()
          && !FOLDER.matcher(upper).matches()
          && !HARMLESS.matcher(value).matches()) {
        throw UserError.usage(
            ("would be a secret in clear text, which everybody can read who may see the definition;"
                    + " write it to a file in the home, or on a claim that volumes mount, and name"
                    + " the file: %s_FILE: /path")
                .formatted(name));
      }
      return value;
    };
  }
}
