package dev.gatehouse.net;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A pattern-list of addresses (ssh_config(5), PATTERNS): networks in CIDR notation, and addresses
 * with {@code *} and {@code ?}, separated by commas; {@code !} in front negates. An address matches
 * if a pattern matches it and no negated one does. A star matches in the short form of an address,
 * as in OpenSSH: {@code 2001:db8::*}. Names of hosts match nothing, because names are not looked up
 * (OpenSSH's {@code UseDNS no}).
 */
public record AddressPatterns(List<String> patterns) {
  private static final int MAX_PATTERNS = 256;
  private static final Pattern LIKE_ADDRESS =
      Pattern.compile("[0-9.]+|[0-9A-Fa-f.]*:[0-9A-Fa-f.:]*");
  private static final Pattern FORM = Pattern.compile("!?[0-9A-Za-z.:*?_/-]{1,255}");

  /**
   * @throws UserError if the list is empty or malformed, or a network or address in it is none
   */
  public static AddressPatterns parse(String list) {
    var patterns = Stream.of(list.split(",", -1)).map(String::strip).toList();
    if (patterns.size() > MAX_PATTERNS) {
      throw UserError.usage("more than %d address patterns".formatted(MAX_PATTERNS));
    }
    for (var pattern : patterns) {
      if (!FORM.matcher(pattern).matches()) {
        throw UserError.usage("%s is not an address pattern".formatted(Quote.of(pattern)));
      }
      var plain = unsigned(pattern);
      if (plain.contains("/")) {
        Cidr.parse(plain);
      } else if (LIKE_ADDRESS.matcher(plain).matches()) {
        // One that matches nothing, such as 010.0.0.1, would let in whom it should keep out.
        Cidr.address(plain);
      }
    }
    return new AddressPatterns(patterns);
  }

  public boolean match(InetAddress address) {
    var negated = patterns.stream().filter(p -> p.startsWith("!"));
    var plain = patterns.stream().filter(p -> !p.startsWith("!"));
    return negated.noneMatch(p -> matches(unsigned(p), address))
        && plain.anyMatch(p -> matches(p, address));
  }

  private static boolean matches(String pattern, InetAddress address) {
    if (pattern.contains("/")) {
      return Cidr.parse(pattern).contains(address);
    }
    if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
      return isAddress(pattern) && Cidr.address(pattern).equals(address);
    }
    return Glob.matches(pattern.toLowerCase(Locale.ROOT), AddressText.of(address));
  }

  private static boolean isAddress(String text) {
    try {
      Cidr.address(text);
      return true;
    } catch (UserError e) {
      return false;
    }
  }

  private static String unsigned(String pattern) {
    return pattern.startsWith("!") ? pattern.substring(1) : pattern;
  }
}
