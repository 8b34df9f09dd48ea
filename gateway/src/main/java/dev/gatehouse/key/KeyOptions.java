package dev.gatehouse.key;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.net.AddressPatterns;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The options in front of an authorized key, read one after the other, as sshd does. */
final class KeyOptions {
  /** Without a zone, which a gateway for people all over the world does not have, it is UTC. */
  private static final Pattern TIME =
      Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2})([0-9]{2})?)?Z?");

  private static final Pattern OPEN =
      Pattern.compile("(?:\\[[0-9A-Za-z:.%]+\\]|[^\\s:\\[\\]]+):(?:[0-9]{1,5}|\\*)");
  private static final Pattern LISTEN =
      Pattern.compile("(?:(?:\\[[0-9A-Za-z:.%]+\\]|[^\\s:\\[\\]]+):)?(?:[0-9]{1,5}|\\*)");

  private boolean pty = true;
  private boolean agent = true;
  private boolean ports = true;
  private boolean x11 = true;
  private boolean touch = true;
  private boolean verify;
  private @Nullable String command;
  private @Nullable AddressPatterns from;
  private @Nullable Instant expiry;
  private @Nullable Set<String> permitOpen;
  private @Nullable Set<String> permitListen;

  private KeyOptions() {}

  static KeyOptions read(List<String> options) {
    var read = new KeyOptions();
    options.forEach(read::option);
    return read;
  }

  AuthorizedKey of(SshPublicKey key) {
    return new AuthorizedKey(
        key,
        new Restrictions(
            pty,
            agent,
            ports,
            x11,
            Optional.ofNullable(command),
            Optional.ofNullable(permitOpen).map(Set::copyOf),
            Optional.ofNullable(permitListen).map(Set::copyOf)),
        Optional.ofNullable(from),
        Optional.ofNullable(expiry),
        touch,
        verify);
  }

  private void option(String option) {
    var equals = option.indexOf('=');
    if (equals < 0) {
      flag(option);
    } else {
      value(
          option.substring(0, equals).toLowerCase(Locale.ROOT),
          dequoted(option.substring(equals + 1)));
    }
  }

  private void flag(String name) {
    switch (name.toLowerCase(Locale.ROOT)) {
      case "restrict" -> {
        pty = false;
        agent = false;
        ports = false;
        x11 = false;
      }
      case "pty" -> pty = true;
      case "no-pty" -> pty = false;
      case "agent-forwarding" -> agent = true;
      case "no-agent-forwarding" -> agent = false;
      case "port-forwarding" -> ports = true;
      case "no-port-forwarding" -> ports = false;
      case "x11-forwarding" -> x11 = true;
      case "no-x11-forwarding" -> x11 = false;
      case "touch-required" -> touch = true;
      case "no-touch-required" -> touch = false;
      case "verify-required" -> verify = true;
      case "no-verify-required" -> verify = false;
      // A workspace's ~/.ssh/rc is the workspace's matter.
      case "user-rc", "no-user-rc" -> {}
      default ->
          throw UserError.usage(
              "the option %s in front of the key is not known here".formatted(Quote.of(name)));
    }
  }

  private void value(String name, String value) {
    switch (name) {
      case "command" -> {
        once(name, command);
        command = value;
      }
      case "from" -> {
        once(name, from);
        from = AddressPatterns.parse(value);
      }
      case "expiry-time" -> {
        var time = time(value);
        expiry = expiry == null || time.isBefore(expiry) ? time : expiry;
      }
      case "permitopen" -> permitOpen = with(permitOpen, OPEN, name, value);
      case "permitlisten" -> permitListen = with(permitListen, LISTEN, name, value);
      // sshd takes it only under PermitUserEnvironment, which is off.
      case "environment" -> {}
      default ->
          throw UserError.usage(
              "the option %s in front of the key is not known here".formatted(Quote.of(name)));
    }
  }

  private static void once(String name, @Nullable Object before) {
    if (before != null) {
      throw UserError.usage("the option %s is given twice".formatted(name));
    }
  }

  private static Set<String> with(
      @Nullable Set<String> before, Pattern form, String name, String value) {
    if (!form.matcher(value).matches()) {
      throw UserError.usage("%s=%s is malformed".formatted(name, Quote.of(value)));
    }
    var values = new TreeSet<>(before == null ? Set.<String>of() : before);
    values.add(value);
    return values;
  }

  private static Instant time(String value) {
    var match = TIME.matcher(value);
    if (!match.matches()) {
      throw UserError.usage(
          "expiry-time=%s is not of the form YYYYMMDD[HHMM[SS]][Z]".formatted(Quote.of(value)));
    }
    try {
      return LocalDateTime.of(
              number(match.group(1)),
              number(match.group(2)),
              number(match.group(3)),
              number(match.group(4)),
              number(match.group(5)),
              number(match.group(6)))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw UserError.usage("expiry-time=%s is no time".formatted(Quote.of(value)));
    }
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static String dequoted(String text) {
    if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
      throw UserError.usage("the value of an option in front of the key stands in quotes");
    }
    var inner = text.substring(1, text.length() - 1);
    if (inner.replace("\\\"", "").contains("\"")) {
      throw UserError.usage("a quotation mark inside an option's value needs a backslash");
    }
    return inner.replace("\\\"", "\"");
  }
}
