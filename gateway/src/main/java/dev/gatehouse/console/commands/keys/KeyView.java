package dev.gatehouse.console.commands.keys;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.console.LiveSessions.LiveSession;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.key.KeySize;
import dev.gatehouse.key.SshPublicKey;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How keys are shown, in every command the same. */
public final class KeyView {
  private static final Pattern WORDS = Pattern.compile("[ ,]+");

  private KeyView() {}

  /**
   * @param sessions the owner's
   */
  public static Table table(List<AuthorizedKeyLine> keys, Collection<LiveSession> sessions) {
    return Table.of(keys)
        .column("type", k -> Value.of(k.key().key().type()))
        .column("fingerprint", Table.Fit.WHOLE, k -> Value.of(k.key().key().fingerprint()))
        .column("bits", k -> bits(k.key().key()))
        .column("comment", k -> text(k.comment()))
        .column("options", k -> text(k.options()))
        .column("in use", k -> Value.of(users(k, sessions).map(s -> "" + s.id()).toList()))
        .whenEmpty("No keys. To add one: gate keys add < ~/.ssh/id_ed25519.pub");
  }

  static Result.Details details(SshPublicKey key) {
    return Result.Details.of(
        Result.field("fingerprint", Value.of(key.fingerprint())),
        Result.field("type", Value.of(key.type())),
        Result.field("bits", bits(key)));
  }

  /** Only RSA keys come in more than one size that matters. */
  public static Value bits(SshPublicKey key) {
    return key.type().equals("ssh-rsa") ? new Value.Count(KeySize.bits(key)) : new Value.None();
  }

  /** Sessions that were let in by this key. */
  static Stream<LiveSession> users(AuthorizedKeyLine key, Collection<LiveSession> sessions) {
    var fingerprint = key.key().key().fingerprint();
    return sessions.stream()
        .filter(
            s -> s.proofs().stream().flatMap(WORDS::splitAsStream).anyMatch(fingerprint::equals));
  }

  /** For a line of the log. */
  public static String words(List<AuthorizedKeyLine> keys) {
    return keys.isEmpty()
        ? "no key"
        : keys.stream().map(k -> k.key().key().toString()).collect(joining(", "));
  }

  private static Value text(String text) {
    return text.isEmpty() ? new Value.None() : Value.of(text);
  }
}
