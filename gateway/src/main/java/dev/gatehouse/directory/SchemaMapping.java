package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import dev.gatehouse.cluster.LdapSchema;
import dev.gatehouse.cluster.LdapSchema.Kind;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What people and groups look like in a directory. Questions are put in the directory's own words;
 * answers are brought into those of RFC 2307 by {@link #canonical}, which is all that the rest of
 * the package knows.
 *
 * @param accounts what every person fulfils
 * @param groups what every group fulfils
 * @param attributes the directory's own names by the usual ones, those that differ
 */
public record SchemaMapping(
    Kind kind,
    Tree tree,
    Filter accounts,
    Filter groups,
    boolean nested,
    Map<String, String> attributes) {

  /** By which a directory knows an entry again that was renamed. */
  public static final List<String> IDENTITIES = List.of("entryUUID", "objectGUID");

  private static final List<String> GROUP = List.of("cn", "gidNumber", "member", "memberUid");

  public static SchemaMapping of(LdapSchema schema) {
    return new SchemaMapping(
        schema.kind(),
        new Tree(schema.base(), schema.people().base(), schema.groups().base()),
        filter("people", schema.people().filter()),
        filter("groups", schema.groups().filter()),
        schema.nestedGroups(),
        schema.attributes());
  }

  /** The form of rfc2307bis with all that is usual for it. */
  public static SchemaMapping usual(Tree tree) {
    var usual = LdapSchema.usual(Kind.RFC2307BIS, tree.base());
    return of(usual).at(tree);
  }

  private SchemaMapping at(Tree other) {
    return new SchemaMapping(kind, other, accounts, groups, nested, attributes);
  }

  /** Only {@code Filter.create…} escapes what it is given; see RFC 4515, 3. */
  public Filter person(Username username) {
    return Filter.createANDFilter(
        accounts, Filter.createEqualityFilter(own("uid"), username.value()));
  }

  /** rfc2307bis names members by DN, rfc2307 by name; the primary group names nobody. */
  Filter groupsOf(Username username, int gidNumber, String dn) {
    return Filter.createANDFilter(
        groups,
        Filter.createORFilter(
            Filter.createEqualityFilter(own("gidNumber"), Integer.toString(gidNumber)),
            Filter.createEqualityFilter(own("memberUid"), username.value()),
            Filter.createEqualityFilter(own("member"), dn)));
  }

  public Filter group(GroupName name) {
    return Filter.createANDFilter(groups, Filter.createEqualityFilter(own("cn"), name.value()));
  }

  /** The groups that have one of these as a member. */
  Filter groupsAbove(Collection<String> dns) {
    return Filter.createANDFilter(
        groups,
        Filter.createORFilter(
            dns.stream().map(dn -> Filter.createEqualityFilter(own("member"), dn)).toList()));
  }

  /** What is read of a person; operational attributes come only when they are named. */
  public List<String> personAttributes() {
    return named(Stream.concat(PersonEntry.ATTRIBUTES.stream(), IDENTITIES.stream()));
  }

  /** What is read of a group whose members do not matter. */
  List<String> groupNameAttributes() {
    return named(GroupEntry.ATTRIBUTES.stream());
  }

  /** What is read of a group and its members. */
  public List<String> groupAttributes() {
    return named(Stream.concat(GROUP.stream(), IDENTITIES.stream()));
  }

  /** The same entry with the usual names of attributes. */
  public <E extends Entry> Entry canonical(E entry) {
    if (attributes.isEmpty()) {
      return entry;
    }
    var usual =
        attributes.entrySet().stream()
            .collect(
                Collectors.toMap(e -> e.getValue().toLowerCase(Locale.ROOT), Map.Entry::getKey));
    var renamed = new ArrayList<Attribute>();
    for (var attribute : entry.getAttributes()) {
      var name = usual.get(attribute.getBaseName().toLowerCase(Locale.ROOT));
      if (name != null) {
        renamed.add(new Attribute(name, attribute.getRawValues()));
      } else if (!attributes.containsKey(attribute.getBaseName())) {
        renamed.add(attribute);
      }
    }
    return new Entry(entry.getDN(), renamed);
  }

  /** Whether a name in another case is the same person's: Windows thinks so, Linux does not. */
  public boolean foldsNames() {
    return kind == Kind.ACTIVE_DIRECTORY;
  }

  private List<String> named(Stream<String> usual) {
    return usual.map(this::own).toList();
  }

  private String own(String usual) {
    return attributes.getOrDefault(usual, usual);
  }

  private static Filter filter(String section, String text) {
    try {
      return Filter.create(text);
    } catch (LDAPException e) {
      throw new UserError(
          ExitCode.CONFIG,
          "directory.ldap.%s.filter: %s"
              .formatted(section, Quote.plain(String.valueOf(e.getMessage()))));
    }
  }
}
