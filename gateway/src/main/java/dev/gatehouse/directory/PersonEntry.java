package dev.gatehouse.directory;

import com.unboundid.ldap.matchingrules.CaseExactStringMatchingRule;
import com.unboundid.ldap.sdk.Entry;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.Username;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@code posixAccount}, read without trust: its values end up in passwd files, in a pod's
 * security context and on terminals.
 */
public final class PersonEntry {
  static final List<String> ATTRIBUTES =
      Stream.concat(
              Stream.of(
                  "uid",
                  "uidNumber",
                  "gidNumber",
                  "cn",
                  "displayName",
                  "homeDirectory",
                  "loginShell",
                  "sshPublicKey"),
              AccountLock.ATTRIBUTES.stream())
          .toList();

  /**
   * An absolute path that fits in a passwd line (passwd(5)): no colon, blank or control character.
   */
  private static final Pattern PATH = Pattern.compile("/[!-9;-~]{0,254}");

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");

  private final InstantSource clock;

  private final boolean folded;

  /**
   * @param folded whether a uid in another case is the same name
   */
  public PersonEntry(InstantSource clock, boolean folded) {
    this.clock = clock;
    this.folded = folded;
  }

  /** The first name of an entry; empty for one that could not log in either. */
  Optional<Username> username(Entry entry) {
    var name = String.valueOf(entry.getAttributeValue("uid"));
    try {
      return Optional.of(new Username(folded ? name.toLowerCase(Locale.ROOT) : name));
    } catch (UserError e) {
      return Optional.empty();
    }
  }

  /**
   * Reads all but the groups, which are entries of their own.
   *
   * @throws UserError if the entry is unfit to log in with; the message names the attribute
   */
  Person read(Username username, Entry entry) {
    requireExactly(username, entry);
    var shell = path(entry, "loginShell", "/bin/sh"); // passwd(5): none means this one
    return new Person(
        username,
        number(entry, "uidNumber"),
        number(entry, "gidNumber"),
        displayName(username, entry),
        path(entry, "homeDirectory", null),
        shell,
        Set.of(),
        AcceptedKeys.in(entry),
        AccountLock.isLocked(entry, shell, clock));
  }

  /**
   * LDAP compares {@code uid} without case and with blanks folded (RFC 4519, 2.39): it finds {@code
   * Alice} for {@code alice}, which Linux takes for two people.
   */
  private void requireExactly(Username username, Entry entry) {
    if (!folded
        && !entry.hasAttributeValue(
            "uid", username.value(), CaseExactStringMatchingRule.getInstance())) {
      throw UserError.usage("its uid is written in another way");
    }
  }

  /** From 1: nobody may be root. */
  private static int number(Entry entry, String attribute) {
    var value = entry.getAttributeValue(attribute);
    if (value == null) {
      throw UserError.usage("it has no " + attribute);
    }
    var number = NUMBER.matcher(value).matches() ? Long.parseLong(value) : 0;
    if (number < 1 || number > Integer.MAX_VALUE) {
      throw UserError.usage(
          "its %s must be from 1 to 2147483647, not %s".formatted(attribute, Quote.of(value)));
    }
    return (int) number;
  }

  private static String path(Entry entry, String attribute, @Nullable String otherwise) {
    var value = entry.getAttributeValue(attribute);
    if (value == null || value.isEmpty()) {
      value = otherwise;
    }
    if (value == null) {
      throw UserError.usage("it has no " + attribute);
    }
    if (!PATH.matcher(value).matches() || List.of(value.split("/")).contains("..")) {
      throw UserError.usage(
          "its %s must be an absolute path, not %s".formatted(attribute, Quote.of(value)));
    }
    return value;
  }

  private static String displayName(Username username, Entry entry) {
    var name = entry.getAttributeValue("displayName");
    if (name == null || name.isBlank()) {
      name = entry.getAttributeValue("cn");
    }
    return name == null || name.isBlank() ? username.value() : Person.printable(name);
  }
}
