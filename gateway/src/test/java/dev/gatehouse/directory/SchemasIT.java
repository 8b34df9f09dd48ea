package dev.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPException;
import dev.gatehouse.cluster.LdapSchema;
import dev.gatehouse.cluster.LdapSchema.Kind;
import dev.gatehouse.cluster.LdapSchema.Unit;
import dev.gatehouse.directory.PeopleAdministration.NewPerson;
import dev.gatehouse.directory.embedded.Slapd;
import dev.gatehouse.directory.following.RemoteDirectory;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.key.TestKeys;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The directories that sites have, in slapd, asked directly and through the copy. */
@Timeout(120)
final class SchemasIT {
  private static final String KEYS =
      """
      attributetype ( 1.3.6.1.4.1.24552.500.1.1.1.13 NAME 'sshPublicKey' EQUALITY octetStringMatch \
      SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 )
      objectclass ( 1.3.6.1.4.1.24552.500.1.1.2.0 NAME 'ldapPublicKey' SUP top AUXILIARY \
      MAY ( sshPublicKey $ uid ) )
      """;

  private static final String UNITS = AdministrationContract.seed();

  @TempDir Path folder;

  @BeforeEach
  void require() {
    Slapd.require();
  }

  private void withDirectory(
      String schema, String entries, LdapSchema settings, Consumer<RemoteDirectory> check) {
    var setup = Slapd.Setup.SYNCING.withSchema(schema);
    withDirectory(setup, entries, settings, (_, remote) -> check.accept(remote));
  }

  private void withDirectory(
      Slapd.Setup setup,
      String entries,
      LdapSchema settings,
      BiConsumer<Slapd, RemoteDirectory> check) {
    try (var slapd = Slapd.start(folder, UNITS + entries, setup);
        var remote = RemoteDirectory.open(slapd.settings(settings), InstantSource.system())) {
      Until.holds(() -> remote.copied().isPresent());
      check.accept(slapd, remote);
    }
  }

  /** The same from both. */
  private static PersonLookup look(RemoteDirectory remote, String name) {
    var direct = remote.direct().person(new Username(name));
    assertThat(remote.directory().person(new Username(name))).isEqualTo(direct);
    return direct;
  }

  private static Person found(RemoteDirectory remote, String name) {
    return ((PersonLookup.Found) look(remote, name)).person();
  }

  @Test
  void rfc2307_asDebianShipsIt_isReadAndChanged() {
    withDirectory(
        "include /etc/ldap/schema/nis.schema\n" + KEYS,
        "",
        LdapSchema.usual(Kind.RFC2307, ContractSeed.BASE),
        remote -> {
          var ada = new Username("ada");
          var ml = new GroupName("ml");
          var key = AuthorizedKeyLine.parse(TestKeys.ed25519(1).line());
          remote.administration().add(new NewPerson(ada, "", Set.of(), List.of(key)));
          remote.administration().addGroup(ml, ada);
          Until.holds(
              () ->
                  remote.directory().person(ada) instanceof PersonLookup.Found(var person)
                      && person.groups().contains(ml));
          assertThat(found(remote, "ada").publicKeys()).containsExactly(TestKeys.ed25519(1));
          assertThat(remote.administration().group(ml).orElseThrow().members())
              .containsExactly(ada);
        });
  }

  /** Which versions of rfc2307bis have, for groups that may be empty. */
  private static final String GROUP_OF_MEMBERS =
      """
      objectclass ( 1.3.6.1.1.1.2.18 NAME 'groupOfMembers' SUP top STRUCTURAL MUST cn \
      MAY ( member $ description ) )
      """;

  @Test
  void emptyGroup_ofRfc2307_isAddedFilledAndEmptiedAgain() {
    withDirectory(
        Slapd.Setup.SYNCING.withSchema("include /etc/ldap/schema/nis.schema\n" + KEYS),
        "",
        LdapSchema.usual(Kind.RFC2307, ContractSeed.BASE),
        (slapd, remote) -> addFillAndEmpty(slapd, remote, "memberUid: ada"));
  }

  @Test
  void emptyGroup_ofRfc2307bisWithGroupOfMembers_isAddedFilledAndEmptiedAgain() {
    withDirectory(
        Slapd.Setup.SYNCING.withGlobal(GROUP_OF_MEMBERS),
        "",
        LdapSchema.usual(Kind.RFC2307BIS, ContractSeed.BASE),
        (slapd, remote) ->
            addFillAndEmpty(slapd, remote, "member: uid=ada," + ContractSeed.PEOPLE));
  }

  private static void addFillAndEmpty(Slapd slapd, RemoteDirectory remote, String member) {
    var people = remote.administration();
    var ada = new Username("ada");
    var ml = new GroupName("ml");
    people.add(new NewPerson(ada, "", Set.of(), List.of()));
    var added = people.addEmptyGroup(ml);
    assertThat(added.members()).isEmpty();
    assertThat(people.group(ml)).contains(added);
    people.addMember(ml, ada);
    assertThat(people.group(ml).orElseThrow().members()).containsExactly(ada);
    assertThat(members(slapd, ml)).containsExactly(member);
    people.removeMember(ml, ada);
    assertThat(people.group(ml)).contains(added);
    people.addMember(ml, ada);
    assertThat(people.remove(ada)).doesNotContain(ml);
    assertThat(people.group(ml)).contains(added);
  }

  /** As they stand in the group's entry. */
  private static List<String> members(Slapd slapd, GroupName group) {
    try (var connection = slapd.connectAsAdministrator()) {
      var entry = connection.getEntry("cn=%s,%s".formatted(group, ContractSeed.GROUPS));
      return Stream.of("member", "memberUid")
          .filter(entry::hasAttribute)
          .flatMap(a -> Stream.of(entry.getAttributeValues(a)).map(v -> a + ": " + v))
          .toList();
    } catch (LDAPException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final String WINDOWS =
      """
      include /etc/ldap/schema/nis.schema
      attributetype ( 1.2.840.113556.1.4.221 NAME 'sAMAccountName' EQUALITY caseIgnoreMatch \
      SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
      attributetype ( 1.2.840.113556.1.6.18.1.344 NAME 'unixHomeDirectory' EQUALITY caseExactIA5Match \
      SYNTAX 1.3.6.1.4.1.1466.115.121.1.26 SINGLE-VALUE )
      attributetype ( 1.2.840.113556.1.4.867 NAME 'altSecurityIdentities' EQUALITY caseExactMatch \
      SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
      attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch \
      SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
      attributetype ( 1.2.840.113556.1.4.159 NAME 'accountExpires' EQUALITY integerMatch \
      SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
      objectclass ( 1.2.840.113556.1.5.9 NAME 'user' SUP organizationalPerson STRUCTURAL \
      MAY ( sAMAccountName $ unixHomeDirectory $ altSecurityIdentities $ userAccountControl \
      $ accountExpires $ uidNumber $ gidNumber $ loginShell $ displayName $ uid ) )
      objectclass ( 1.2.840.113556.1.5.8 NAME 'group' SUP top STRUCTURAL MUST cn \
      MAY ( member $ gidNumber $ description ) )
      objectclass ( 1.2.840.113556.1.3.30 NAME 'computer' SUP user STRUCTURAL )
      """;

  private static String windowsUser(String name, String... more) {
    return """
    dn: cn=%1$s Doe,ou=people,dc=gatehouse,dc=local
    objectClass: user
    cn: %1$s Doe
    sn: Doe
    uid: somebody-else
    sAMAccountName: %1$s
    uidNumber: 20000
    gidNumber: 20000
    unixHomeDirectory: /home/%1$s
    %2$s

    """
        .formatted(name, String.join("\n", more))
        .replace("\n\n\n", "\n\n");
  }

  private static String windowsGroup(String name, String more, String... members) {
    return """
    dn: cn=%1$s,ou=groups,dc=gatehouse,dc=local
    objectClass: group
    cn: %1$s
    %2$s
    """
            .formatted(name, more)
        + String.join("\n", members).replaceAll("(?m)^", "member: ")
        + "\n\n";
  }

  /** One group in the other, and both in a circle. */
  @Test
  void activeDirectory_nestedGroupsKeysAndFlags_areRead() {
    var key = TestKeys.ed25519(1).line();
    withDirectory(
        WINDOWS + KEYS,
        windowsUser(
                "Alice",
                "userAccountControl: 512",
                "accountExpires: 9223372036854775807",
                "altSecurityIdentities: SSHKey:" + key,
                "altSecurityIdentities: X509:<I>DC=com<S>CN=Alice")
            + windowsUser("off", "userAccountControl: 514")
            + windowsUser("expired", "accountExpires: 132539328000000000")
            + windowsUser("pc").replace("objectClass: user", "objectClass: computer")
            + windowsGroup("ml", "gidNumber: 20001", "cn=Alice Doe,ou=people,dc=gatehouse,dc=local")
            + windowsGroup(
                "science",
                "gidNumber: 20002",
                "cn=ml,ou=groups,dc=gatehouse,dc=local",
                "cn=all,ou=groups,dc=gatehouse,dc=local")
            + windowsGroup(
                "all",
                "description: without a number",
                "cn=science,ou=groups,dc=gatehouse,dc=local"),
        LdapSchema.usual(Kind.ACTIVE_DIRECTORY, ContractSeed.BASE),
        remote -> {
          var alice = found(remote, "alice");
          assertThat(alice.groups())
              .extracting(GroupName::value)
              .containsExactly("all", "ml", "science");
          assertThat(alice.groupIds()).containsExactly(20001, 20002);
          assertThat(alice.homeDirectory()).isEqualTo("/home/Alice");
          assertThat(alice.publicKeys()).containsExactly(TestKeys.ed25519(1));
          assertThat(alice.disabled()).isFalse();
          assertThat(found(remote, "off").disabled()).isTrue();
          assertThat(found(remote, "expired").disabled()).isTrue();
          for (var nobody : List.of("pc", "somebody-else", "nobody")) {
            assertThat(look(remote, nobody)).isEqualTo(new PersonLookup.Unknown());
          }
          assertThat(remote.administration().people())
              .extracting(p -> p.username().value())
              .contains("off", "expired");
          assertThatThrownBy(() -> remote.administration().setDisabled(new Username("off"), false))
              .hasMessageContaining("(directory-read-only)");
        });
  }

  /** A site's own attribute, units and filters; its names full of what filters are made of. */
  @Test
  void ownAttributesAndFilters_areUsed() {
    var usual = LdapSchema.usual(Kind.RFC2307BIS, ContractSeed.BASE);
    var own =
        new LdapSchema(
            Kind.RFC2307BIS,
            ContractSeed.BASE,
            new Unit(ContractSeed.BASE, "(&(objectClass=inetOrgPerson)(!(employeeType=former)))"),
            usual.groups(),
            true,
            Map.of("uid", "employeeNumber", "sshPublicKey", "labeledURI"));
    withDirectory(
        "include /etc/ldap/schema/nis.schema\n" + KEYS,
        staff("e1", "labeledURI: " + TestKeys.ed25519(1).line())
            + staff("e2", "employeeType: former"),
        own,
        remote -> {
          assertThat(found(remote, "e1").publicKeys()).containsExactly(TestKeys.ed25519(1));
          assertThat(look(remote, "e2")).isEqualTo(new PersonLookup.Unknown());
          assertThat(look(remote, "uid-of-e1")).isEqualTo(new PersonLookup.Unknown());
        });
  }

  private static String staff(String name, String more) {
    return """
    dn: cn=O'Hara\\, (%1$s*)\\\\5c,ou=people,dc=gatehouse,dc=local
    objectClass: inetOrgPerson
    objectClass: posixAccount
    cn: O'Hara, (%1$s*)\\5c
    sn: O'Hara
    uid: uid-of-%1$s
    employeeNumber: %1$s
    uidNumber: 20000
    gidNumber: 20000
    homeDirectory: /home/%1$s
    %2$s

    """
        .formatted(name, more);
  }

  @Test
  void open_filterThatIsNone_isRefusedWithItsPlace() {
    var usual = LdapSchema.usual(Kind.RFC2307BIS, ContractSeed.BASE);
    var broken =
        new LdapSchema(
            usual.kind(),
            usual.base(),
            new Unit(ContractSeed.BASE, "(&(uid=*)"),
            usual.groups(),
            false,
            Map.of());
    assertThatThrownBy(() -> SchemaMapping.of(broken))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("directory.ldap.people.filter: ");
  }
}
