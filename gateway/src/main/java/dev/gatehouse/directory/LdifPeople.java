package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
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
    var lines = LdifLines.of(text);
    lines.stream()
        .filter(LdifLines.Line::readsAnotherFile)
        .findFirst()
        .ifPresent(
            l -> {
              throw error(l.number(), "a value may not be read from another file (':<')");
            });
    var places = lines.stream().filter(LdifLines.Line::beginsEntry).toList();
    var entries = entries(text);
    var items = new ArrayList<Item>();
    for (var i = 0; i < entries.size(); i++) {
      items.add(item(places.get(Math.min(i, places.size() - 1)).number(), entries.get(i)));
    }
    return items;
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

  private static Item item(int line, Entry entry) {
    var attributes = new LinkedHashMap<String, List<String>>();
    entry.getAttributes().forEach(a -> attributes.put(a.getBaseName(), List.of(a.getValues())));
    return new Item(line, entry.getDN(), attributes);
  }

  private static List<Entry> entries(String text) {
    var entries = new ArrayList<Entry>();
    try (var in = new LDIFReader(new BufferedReader(new StringReader(text)))) {
      for (var entry = in.readEntry(); entry != null; entry = in.readEntry()) {
        entries.add(entry);
      }
      return entries;
    } catch (LDIFException e) {
      throw error(e.getLineNumber(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new AssertionError("a string is always readable", e);
    }
  }

  private static UserError error(long line, String what) {
    return new UserError(ExitCode.DATAERR, "line %d: %s".formatted(line, Quote.plain(what)));
  }
}
