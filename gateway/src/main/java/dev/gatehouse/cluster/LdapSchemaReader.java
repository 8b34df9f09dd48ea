package dev.gatehouse.cluster;

import dev.gatehouse.cluster.LdapSchema.Kind;
import dev.gatehouse.cluster.LdapSchema.Unit;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * What a directory looks like: {@code schema}, {@code people}, {@code groups}, {@code attributes}.
 */
record LdapSchemaReader(Section ldap) {
  private static final int MAX_DN = 500;
  private static final int MAX_FILTER = 1000;

  /** A short name or an OID (RFC 4512, 1.4). */
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}|[0-9.]{3,64}");

  /** What the gateway reads, by its usual name. */
  private static final List<String> ATTRIBUTES =
      List.of(
          "uid",
          "uidNumber",
          "gidNumber",
          "cn",
          "displayName",
          "homeDirectory",
          "loginShell",
          "sshPublicKey",
          "member",
          "memberUid");

  LdapSchema read(String base) {
    var usual =
        LdapSchema.usual(
            ldap.get("schema", Values.word(Kind.values(), Kind::word), Kind.RFC2307BIS), base);
    var people = ldap.section("people");
    var groups = ldap.section("groups");
    var schema =
        new LdapSchema(
            usual.kind(),
            base,
            unit(people, usual.people()),
            unit(groups, usual.groups()),
            groups.get("nested", Values::flag, usual.nestedGroups()),
            attributes(ldap.section("attributes"), usual.attributes()));
    people.refuseUnknownKeys();
    groups.refuseUnknownKeys();
    return schema;
  }

  private static Unit unit(Section section, Unit usual) {
    return new Unit(
        section.get("base", Values.line(MAX_DN), usual.base()),
        section.get("filter", LdapSchemaReader::filter, usual.filter()));
  }

  private static Map<String, String> attributes(Section section, Map<String, String> usual) {
    var names = new HashMap<>(usual);
    for (var attribute : ATTRIBUTES) {
      section
          .get(attribute, LdapSchemaReader::attribute)
          .ifPresent(name -> names.put(attribute, name));
    }
    names.entrySet().removeIf(e -> e.getKey().equals(e.getValue()));
    section.refuseUnknownKeys();
    return Map.copyOf(names);
  }

  private static String attribute(ScalarNode node) {
    if (!NAME.matcher(node.getValue()).matches()) {
      throw UserError.usage("must be the name of an attribute, not " + Quote.of(node.getValue()));
    }
    return node.getValue();
  }

  /** Its parts are checked when the directory is opened: this package knows no LDAP. */
  private static String filter(ScalarNode node) {
    var filter = Values.line(MAX_FILTER).apply(node);
    if (!filter.startsWith("(") || !filter.endsWith(")")) {
      throw UserError.usage(
          "must be a filter such as (objectClass=posixAccount), not " + Quote.of(filter));
    }
    return filter;
  }
}
