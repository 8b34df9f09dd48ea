package dev.gatehouse.console.commands.user;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a file says of a person; in CSV the words of the first line, stable once released. */
enum PeopleColumn {
  USER,
  NAME,
  UID,
  PRIMARY_GROUP,
  /** Separated by commas, semicolons or blanks. */
  GROUPS,
  HOME,
  SHELL,
  /** {@code enabled} or {@code disabled}. */
  STATE,
  /** As in authorized_keys, a key a line. */
  KEYS;

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static Optional<PeopleColumn> of(String word) {
    var plain = word.strip().replace('_', ' ').replace('-', ' ');
    return Stream.of(values()).filter(c -> c.word().equalsIgnoreCase(plain)).findFirst();
  }

  static String all() {
    return Stream.of(values()).map(PeopleColumn::word).collect(joining(", "));
  }
}
