package dev.gatehouse.directory.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.gatehouse.directory.Person;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.directory.TestDirectories;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.key.TestKeys;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnsurePersonTest {
  private static final Username ME = new Username("me");
  private static final GroupName ADMINS = new GroupName("gatehouse-admins");
  private static final GroupName EVERYONE = new GroupName("everyone");
  private static final SshPublicKey KEY = TestKeys.ed25519(1);
  private static final SshPublicKey OTHER = TestKeys.ed25519(2);

  @TempDir Path folder;
  private EmbeddedDirectory embedded;

  @BeforeEach
  void open() {
    embedded = TestDirectories.open(folder);
  }

  @AfterEach
  void close() {
    embedded.close();
  }

  private Person ensure(SshPublicKey... keys) {
    return embedded.ensurePerson(ME, "Jürgen", List.of(keys), ADMINS);
  }

  private void change(String dn, ModificationType type, String attribute, String... values)
      throws LDAPException {
    embedded.entries().change(tree -> tree.modify(dn, new Modification(type, attribute, values)));
  }

  @Test
  void ensurePerson_firstStart_makesAnAdministratorWithFreeNumbers() {
    var me = ensure(KEY);
    assertThat(me.displayName()).isEqualTo("Jürgen");
    assertThat(me.uidNumber()).isEqualTo(10002);
    assertThat(me.gidNumber()).isEqualTo(10000);
    assertThat(me.groups()).containsExactly(EVERYONE, ADMINS);
    assertThat(me.publicKeys()).containsExactly(KEY);
    assertThat(me.homeDirectory()).isEqualTo("/home/me");
    assertThat(me.disabled()).isFalse();
  }

  @Test
  void ensurePerson_again_changesNothing() throws IOException {
    var me = ensure(KEY);
    var before = Files.readAttributes(TestDirectories.state(folder), "unix:ino,lastModifiedTime");
    assertThat(ensure(KEY)).isEqualTo(me);
    assertThat(Files.readAttributes(TestDirectories.state(folder), "unix:ino,lastModifiedTime"))
        .as("the file is not written again")
        .isEqualTo(before);
  }

  @Test
  void ensurePerson_withAnotherKey_keepsBoth() {
    ensure(KEY);
    assertThat(ensure(OTHER).publicKeys()).containsExactlyInAnyOrder(KEY, OTHER);
  }

  @Test
  void ensurePerson_afterARestart_isTheSame() {
    var me = ensure(KEY);
    embedded.close();
    embedded = TestDirectories.open(folder);
    assertThat(embedded.directory().person(ME)).isEqualTo(new PersonLookup.Found(me));
    assertThat(ensure(KEY)).isEqualTo(me);
  }

  @Test
  void ensurePerson_takenOutOfTheAdministrators_staysOut() throws LDAPException {
    ensure(KEY);
    embedded.ensurePerson(new Username("other"), "", List.of(), ADMINS);
    change(
        "cn=gatehouse-admins,ou=groups,dc=gatehouse,dc=local",
        ModificationType.DELETE,
        "member",
        "uid=me,ou=people,dc=gatehouse,dc=local");
    assertThat(ensure(KEY).groups()).containsExactly(EVERYONE);
  }

  @Test
  void ensurePerson_whoIsInTheSeed_keepsTheEntryAndBecomesTheFirstAdministrator() {
    var alice = embedded.ensurePerson(new Username("alice"), "root", List.of(KEY), ADMINS);
    assertThat(alice.displayName()).isEqualTo("Alice");
    assertThat(alice.uidNumber()).isEqualTo(10000);
    assertThat(alice.groups()).contains(ADMINS, new GroupName("ml"));
    assertThat(alice.publicKeys()).containsExactly(KEY);
  }

  @Test
  void ensurePerson_ofADisabledAccount_staysDisabled() throws LDAPException {
    ensure(KEY);
    change("uid=me,ou=people,dc=gatehouse,dc=local", ModificationType.REPLACE, "shadowExpire", "1");
    assertThat(ensure(KEY).disabled()).isTrue();
  }

  @Test
  void ensurePerson_weakKey_isLeftOut() {
    assertThat(ensure(SshPublicKey.parse(TestKeys.line("rsab1024")), KEY).publicKeys())
        .containsExactly(KEY);
  }

  @Test
  void ensurePerson_manyPeopleAtOnce_getNumbersOfTheirOwn() {
    var numbers =
        IntStream.range(0, 40)
            .parallel()
            .mapToObj(i -> new Username("p" + i))
            .map(name -> embedded.ensurePerson(name, "", List.of(), ADMINS).uidNumber())
            .toList();
    assertThat(numbers).doesNotHaveDuplicates().hasSize(40);
  }

  @Test
  void ensurePerson_nameOfAnEntryThatIsNoAccount_isRefused() throws LDAPException {
    embedded
        .entries()
        .change(
            tree ->
                tree.add(
                    "uid=me,ou=people,dc=gatehouse,dc=local",
                    new Attribute("objectClass", "inetOrgPerson"),
                    new Attribute("uid", "me"),
                    new Attribute("cn", "me"),
                    new Attribute("sn", "me")));
    var error = catchThrowableOfType(UserError.class, () -> ensure(KEY));
    assertThat(error.exit()).isEqualTo(ExitCode.DATAERR);
    assertThat(error.text()).startsWith("me cannot be made a person: entry already exists");
  }
}
