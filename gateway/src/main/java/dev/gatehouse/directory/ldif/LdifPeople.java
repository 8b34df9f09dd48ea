package dev.gatehouse.directory.ldif;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * People and groups as text in LDIF (RFC 2849), for who carries them from one directory to another.
 * Nothing here is trusted or changed.
 */
public final class LdifPeople {
  private LdifPeople() {}

  /**
   * An entry as it was written.
   *
   * @param line of its {@code dn:}, from 1; 0 for one that is to be written
   * @param dn its name
   * @param attributes in their order; names are compared without case
   */
  public record Item(int line, String dn, Map<String, List<String>> attributes) {
    /** All values of an attribute. */
    public List<String> values(String attribute) {
      return attributes.entrySet().stream()
          .filter(a -> a.getKey().equalsIgnoreCase(attribute))
          .flatMap(a -> a.getValue().stream())
          .toList();
    }
  }

  /**
   * Reads entries, strictly.
   *
   * @throws UserError if it is no LDIF of entries; the message has the line
   */
  public static List<Item> read(String text) {
    return LdifFile.parse(text, LdifPeople::error).stream().map(LdifPeople::item).toList();
  }

  /** What {@link #read} reads. */
  public static List<String> write(List<Item> items) {
    return Stream.concat(
            Stream.of("version: 1"),
            items.stream().flatMap(i -> Stream.concat(Stream.of(""), lines(i))))
        .toList();
  }

  /** The value of the first part of a DN; empty if it is no DN. */
  public static String firstValue(String dn) {
    try {
      var rdn = new DN(dn).getRDN();
      return rdn == null ? "" : rdn.getAttributeValues()[0];
    } catch (LDAPException e) {
      return "";
    }
  }

  private static Stream<String> lines(Item item) {
    var entry = new Entry(item.dn());
    item.attributes().forEach(entry::addAttribute);
    return Stream.of(entry.toLDIF());
  }

  private static Item item(LdifFile.Placed placed) {
    var entry = placed.entry();
    var attributes = new LinkedHashMap<String, List<String>>();
    for (var attribute : entry.getAttributes()) {
      // Such as cn;lang-de, which is not the cn.
      if (!attribute.hasOptions()) {
        attributes.put(attribute.getName(), List.of(attribute.getValues()));
      }
    }
    return new Item(placed.line(), entry.getDN(), attributes);
  }

  private static UserError error(long line, String what) {
    return new UserError(ExitCode.DATAERR, "line %d: %s".formatted(line, Quote.plain(what)));
  }
}
