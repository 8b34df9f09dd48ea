package dev.gatehouse.directory.following;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchScope;
import dev.gatehouse.cluster.LdapSchema;
import dev.gatehouse.cluster.LdapSettings;
import dev.gatehouse.directory.AdministrationContract;
import dev.gatehouse.directory.ContractSeed;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.PeopleAdministration.NewPerson;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.directory.Until;
import dev.gatehouse.directory.deployed.DeployedSlapd;
import dev.gatehouse.directory.deployed.SlapdHome;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same changes in the directory as it is deployed, made as the gateway makes them. */
final class DeployedAdministrationIT extends AdministrationContract {
  private static DeployedSlapd slapd;
  private static LDAPConnection connection;
  private static RemoteDirectory remote;

  @BeforeAll
  static void start(@TempDir Path folder) throws LDAPException {
    slapd = SlapdHome.in(folder, seed()).start();
    connection = slapd.connectAsService("gateway");
    remote = RemoteDirectory.open(slapd.home().settings(), InstantSource.system());
  }

  @AfterAll
  static void stop() {
    if (slapd != null) {
      remote.close();
      connection.close();
      slapd.close();
    }
  }

  @BeforeEach
  void removeEverybody() throws LDAPException {
    for (var unit : List.of(ContractSeed.PEOPLE, ContractSeed.GROUPS)) {
      for (var entry :
          connection
              .search(unit, SearchScope.SUB, "(!(objectClass=organizationalUnit))", "1.1")
              .getSearchEntries()) {
        connection.delete(entry.getDN());
      }
    }
  }

  /** Under the ACLs that are deployed a name is changed (modrdn), and refint tells who is above. */
  @Test
  void renameGroup_memberOfAnother_staysOneAndItsPeopleAreInBoth() throws LDAPException {
    var ada = new Username("ada");
    people().add(new NewPerson(ada, "", Set.of(), List.of()));
    people().add(new NewPerson(new Username("bob"), "", Set.of(), List.of()));
    people().addGroup(new GroupName("inner"), ada);
    people().addGroup(new GroupName("outer"), new Username("bob"));
    connection.modify(
        "cn=outer," + ContractSeed.GROUPS,
        new Modification(ModificationType.ADD, "member", "cn=inner," + ContractSeed.GROUPS));
    try (var nested = RemoteDirectory.open(nested(), InstantSource.system())) {
      Until.holds(() -> nested.copied().isPresent());
      people().renameGroup(new GroupName("inner"), new GroupName("core"));
      assertThat(
              connection.getEntry("cn=outer," + ContractSeed.GROUPS).getAttributeValues("member"))
          .containsExactlyInAnyOrder(
              "uid=bob," + ContractSeed.PEOPLE, "cn=core," + ContractSeed.GROUPS);
      assertThat(groups(nested.direct(), ada))
          .containsExactlyInAnyOrder("everyone", "core", "outer");
      Until.holds(
          () -> groups(nested.directory(), ada).equals(Set.of("everyone", "core", "outer")));
    }
  }

  private static Set<String> groups(Directory directory, Username username) {
    var groups = ((PersonLookup.Found) directory.person(username)).person().groups();
    return groups.stream().map(GroupName::value).collect(toSet());
  }

  private static LdapSettings nested() {
    var s = slapd.home().settings();
    var schema = s.schema();
    return new LdapSettings(
        s.servers(),
        s.startTls(),
        s.ca(),
        s.bind(),
        s.timeout(),
        s.readOnly(),
        new LdapSchema(
            schema.kind(),
            schema.base(),
            schema.people(),
            schema.groups(),
            true,
            schema.attributes()),
        s.ids(),
        s.cache());
  }

  @Override
  public PeopleAdministration people() {
    return remote.administration();
  }

  @Override
  public PeopleAdministration.SelfService self() {
    return remote.selfService();
  }

  @Override
  public Directory directory() {
    return remote.direct();
  }
}
