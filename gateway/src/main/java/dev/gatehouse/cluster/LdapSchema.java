package dev.gatehouse.cluster;

import java.util.Map;

/**
 * What people and groups look like in a directory, and where they stand.
 *
 * @param base the DN above all of it
 * @param people where people are
 * @param groups where groups are
 * @param nestedGroups whether the members of a group that is a member of another are in that too
 * @param attributes the site's own names by the usual ones, such as {@code uid} → {@code
 *     sAMAccountName}; only those that differ
 */
public record LdapSchema(
    Kind kind,
    String base,
    Unit people,
    Unit groups,
    boolean nestedGroups,
    Map<String, String> attributes) {

  private static final Map<String, String> OF_WINDOWS =
      Map.of(
          "uid", "sAMAccountName",
          "homeDirectory", "unixHomeDirectory",
          "sshPublicKey", "altSecurityIdentities");

  /** Which of the usual forms. */
  public enum Kind {
    /** Members by DN: {@code groupOfNames} with {@code posixGroup}. Names by name count too. */
    RFC2307BIS("rfc2307bis", "(objectClass=posixAccount)", "(objectClass=posixGroup)"),

    /** Members by name (RFC 2307, 5.4). */
    RFC2307("rfc2307", "(objectClass=posixAccount)", "(objectClass=posixGroup)"),

    /** Accounts with POSIX attributes; the gateway only reads them. */
    ACTIVE_DIRECTORY(
        "activeDirectory",
        "(&(objectClass=user)(uidNumber=*)(!(objectClass=computer)))",
        "(objectClass=group)");

    private final String word;
    private final String people;
    private final String groups;

    Kind(String word, String people, String groups) {
      this.word = word;
      this.people = people;
      this.groups = groups;
    }

    /** As it is written in the definition. */
    public String word() {
      return word;
    }

    /** The usual filter of people (RFC 4515). */
    public String people() {
      return people;
    }

    /** The usual filter of groups. */
    public String groups() {
      return groups;
    }

    /** The names that differ from RFC 2307's. */
    public Map<String, String> attributes() {
      return this == ACTIVE_DIRECTORY ? OF_WINDOWS : Map.of();
    }
  }

  /**
   * @param base the DN below which is searched
   * @param filter what is taken (RFC 4515)
   */
  public record Unit(String base, String filter) {}

  /** The form of that kind with all that is usual for it. */
  public static LdapSchema usual(Kind kind, String base) {
    var active = kind == Kind.ACTIVE_DIRECTORY;
    return new LdapSchema(
        kind,
        base,
        new Unit(active ? base : "ou=people," + base, kind.people()),
        new Unit(active ? base : "ou=groups," + base, kind.groups()),
        active,
        kind.attributes());
  }

  /** Whether entries can be written in it: all names are the usual ones. */
  public boolean isWritable() {
    return attributes.isEmpty();
  }
}
