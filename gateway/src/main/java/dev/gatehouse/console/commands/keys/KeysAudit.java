package dev.gatehouse.console.commands.keys;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.key.KeySize;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.Username;
import dev.gatehouse.text.Plural;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

final class KeysAudit implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "keys audit",
          Access.ADMINISTRATOR,
          "List keys that are weak, expired, shared between people or written twice",
          "keys audit",
          "keys audit --json");

  /** Below it RSA is accepted, but no more than 112 bits strong (NIST SP 800-57, part 1, 5.6). */
  private static final int GOOD_RSA_BITS = 3072;

  private record Held(Username owner, AuthorizedKeyLine line) {
    SshPublicKey key() {
      return line.key().key();
    }
  }

  private record Finding(Held held, String what) {}

  @Override
  public void run(Call call) {
    var people = call.services().people().keyHolders();
    var held =
        people.stream()
            .flatMap(p -> p.keys().stream().map(line -> new Held(p.person().username(), line)))
            .toList();
    var findings = findings(held, call.services().clock().instant());
    call.show(
        Table.of(findings)
            .column("user", f -> Value.of(f.held().owner()))
            .column("type", Table.Fit.SPARE, f -> Value.of(f.held().key().type()))
            .column("fingerprint", Table.Fit.WHOLE, f -> Value.of(f.held().key().fingerprint()))
            .column("finding", Table.Fit.WRAP, f -> Value.of(f.what()))
            .whenEmpty(
                "Nothing to find in %s of %s."
                    .formatted(
                        Plural.of(held.size(), "key"), Plural.of(people.size(), "account"))));
  }

  private static List<Finding> findings(List<Held> held, Instant now) {
    var byKey = held.stream().collect(Collectors.groupingBy(Held::key));
    return held.stream()
        .flatMap(
            h -> {
              var same = byKey.getOrDefault(h.key(), List.of());
              return Stream.of(weak(h), expired(h, now), shared(h, same), twice(h, same))
                  .flatMap(Collection::stream)
                  .map(what -> new Finding(h, what));
            })
        .distinct()
        .toList();
  }

  /** The rest of what is weak nobody may log in with: it is not among the keys. */
  private static List<String> weak(Held held) {
    if (!held.key().type().equals("ssh-rsa")) {
      return List.of();
    }
    var bits = KeySize.bits(held.key());
    return bits < GOOD_RSA_BITS ? List.of("weak: RSA with %d bits".formatted(bits)) : List.of();
  }

  private static List<String> expired(Held held, Instant now) {
    return held.line().key().expiry().stream()
        .filter(at -> !at.isAfter(now))
        .map(at -> "expired: on " + at)
        .toList();
  }

  private static List<String> shared(Held held, List<Held> same) {
    var others = new TreeSet<>(same.stream().map(Held::owner).toList());
    others.remove(held.owner());
    return others.isEmpty() ? List.of() : List.of("shared: with " + others);
  }

  private static List<String> twice(Held held, List<Held> same) {
    var times = same.stream().filter(h -> h.owner().equals(held.owner())).count();
    return times > 1 ? List.of("duplicate: written %d times".formatted(times)) : List.of();
  }
}
