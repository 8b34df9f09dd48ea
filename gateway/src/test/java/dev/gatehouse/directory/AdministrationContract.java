package dev.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.directory.PeopleAdministration.Account;
import dev.gatehouse.directory.PeopleAdministration.Changes;
import dev.gatehouse.directory.PeopleAdministration.NewPerson;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.key.TestKeys;
import dev.gatehouse.name.AccountPath;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes of people and groups do, whichever server holds them. */
public abstract class AdministrationContract {
  private static final Username ADA = new Username("ada");
  private static final Username BOB = new Username("bob");
  private static final GroupName ML = new GroupName("ml");
  private static final String LINE = "restrict " + TestKeys.ed25519(1).line() + " ada@laptop";
  private static final AuthorizedKeyLine KEY = AuthorizedKeyLine.parse(LINE);

  /** Of an empty directory with the units for people and groups. */
  public abstract PeopleAdministration people();

  /** The same, for the people themselves. */
  public abstract PeopleAdministration.SelfService self();

  /** The same people, as they log in. */
  public abstract Directory directory();

  /** Whether the schema lets a group be without members. */
  protected boolean hasEmptyGroups() {
    return false;
  }

  private Person add(Username name, GroupName... groups) {
    return people().add(new NewPerson(name, "", Set.of(groups), List.of(KEY)));
  }

  @Test
  void add_person_canBeFoundWithAll() {
    var ada = people().add(new NewPerson(ADA, "Ada L.", Set.of(), List.of(KEY)));
    assertThat(ada.displayName()).isEqualTo("Ada L.");
    assertThat(ada.keys()).containsExactly(KEY.key());
    assertThat(ada.groups()).extracting(GroupName::value).containsExactly("everyone");
    assertThat(people().people()).containsExactly(ada);
    assertThat(people().keys(ADA)).containsExactly(KEY);
  }

  @Test
  void add_twoPeople_getNumbersOfTheirOwn() {
    assertThat(add(ADA).uidNumber()).isNotEqualTo(add(BOB).uidNumber());
  }

  private static NewPerson newPerson(String name, GroupName... groups) {
    return new NewPerson(new Username(name), "", Set.of(groups), List.of(KEY));
  }

  @Test
  void add_manyAtOnce_haveNumbersGroupsAndKeys() {
    add(ADA);
    people().addGroup(ML, ADA);
    var many = IntStream.range(0, 30).mapToObj(i -> newPerson("p" + i, ML)).toList();
    var made = new ArrayList<NewPerson>();
    people().add(many, made::add);
    assertThat(made).isEqualTo(many);
    var there = people().people();
    assertThat(there).hasSize(31).extracting(Person::uidNumber).doesNotHaveDuplicates();
    assertThat(there)
        .allSatisfy(
            p -> {
              assertThat(p.groups())
                  .extracting(GroupName::value)
                  .containsExactlyInAnyOrder("everyone", "ml");
              assertThat(p.keys()).containsExactly(KEY.key());
              assertThat(p.disabled()).isFalse();
            });
    assertThat(people().group(ML).orElseThrow().members()).hasSize(31);
    assertThat(people().keyHolders())
        .hasSize(31)
        .allSatisfy(h -> assertThat(h.keys()).containsExactly(KEY));
  }

  @Test
  void add_manyWithOneWhoIsThere_tellsExactlyWhoWasMade() {
    add(BOB);
    var made = new ArrayList<NewPerson>();
    var many = List.of(newPerson("first"), newPerson("bob"), newPerson("last"));
    assertThatThrownBy(() -> people().add(many, made::add))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("called bob already");
    assertThat(people().people())
        .extracting(Person::username)
        .filteredOn(name -> !name.equals(BOB))
        .containsExactlyElementsOf(made.stream().map(NewPerson::username).toList())
        .doesNotContain(new Username("last"));
    assertThat(people().group(new GroupName("everyone")).orElseThrow().members())
        .hasSize(1 + made.size());
  }

  @Test
  void add_manyOneOfThemWithTheNextNumber_haveNumbersOfTheirOwn() {
    var next = OptionalInt.of(add(ADA).uidNumber() + 2);
    var wanted = new NewPerson(BOB, "", Set.of(), List.of(), next, Account.USUAL);
    people().add(List.of(wanted, newPerson("p1"), newPerson("p2"), newPerson("p3")), _ -> {});
    assertThat(people().people()).hasSize(5).extracting(Person::uidNumber).doesNotHaveDuplicates();
  }

  @Test
  void add_somebodyDisabled_isDisabledWithTheKeys() {
    var none = OptionalInt.empty();
    var ada = new NewPerson(ADA, "", Set.of(), List.of(KEY), none, Account.USUAL, true);
    assertThat(people().add(ada).disabled()).isTrue();
    assertThat(people().keys(ADA)).containsExactly(KEY);
    people().setDisabled(ADA, false);
    assertThat(people().person(ADA).orElseThrow().disabled()).isFalse();
  }

  @Test
  void add_nameThatIsTaken_isRefused() {
    add(ADA);
    assertThatThrownBy(() -> add(ADA)).isInstanceOf(UserError.class).hasMessageContaining("ada");
  }

  @Test
  void add_toAGroupThatIsNotThere_changesNothing() {
    assertThatThrownBy(() -> add(ADA, ML)).isInstanceOf(UserError.class).hasMessageContaining("ml");
    assertThat(people().person(ADA)).isEmpty();
  }

  private static Account account(String home, String shell) {
    return new Account(
        Optional.of(ML), Optional.of(new AccountPath(home)), Optional.of(new AccountPath(shell)));
  }

  @Test
  void add_withAnAccountOfItsOwn_hasAllOfIt() {
    add(BOB);
    people().addGroup(ML, BOB);
    var account = account("/data/ada", "/bin/zsh");
    var uid = OptionalInt.of(54321);
    var ada = people().add(new NewPerson(ADA, "", Set.of(), List.of(), uid, account));
    assertThat(ada.uidNumber()).isEqualTo(54321);
    assertThat(ada.gidNumber()).isEqualTo(people().group(ML).orElseThrow().gidNumber());
    assertThat(ada.homeDirectory()).isEqualTo("/data/ada");
    assertThat(ada.loginShell()).isEqualTo("/bin/zsh");
    assertThat(ada.groups())
        .extracting(GroupName::value)
        .containsExactlyInAnyOrder("everyone", "ml");
  }

  @Test
  void add_withANumberOfSomebody_isRefused() {
    var uid = OptionalInt.of(add(BOB).uidNumber());
    var ada = new NewPerson(ADA, "", Set.of(), List.of(), uid, Account.USUAL);
    assertThatThrownBy(() -> people().add(ada))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("already");
    assertThat(people().person(ADA)).isEmpty();
  }

  @Test
  void edit_someOrAll_changesThatOnly() {
    var before = add(ADA);
    add(BOB);
    people().addGroup(ML, BOB);
    var named = people().edit(ADA, new Changes(Optional.of("Ada L."), Account.USUAL));
    assertThat(named.displayName()).isEqualTo("Ada L.");
    assertThat(named.homeDirectory()).isEqualTo(before.homeDirectory());
    var account = account("/data/ada", "/bin/zsh");
    var moved = people().edit(ADA, new Changes(Optional.empty(), account));
    assertThat(moved.gidNumber()).isEqualTo(people().group(ML).orElseThrow().gidNumber());
    assertThat(moved.homeDirectory()).isEqualTo("/data/ada");
    assertThat(moved.loginShell()).isEqualTo("/bin/zsh");
    assertThat(moved.groups())
        .extracting(GroupName::value)
        .containsExactlyInAnyOrder("everyone", "ml");
    assertThat(moved.displayName()).isEqualTo("Ada L.");
    assertThat(moved.uidNumber()).isEqualTo(before.uidNumber());
    assertThat(moved.keys()).isEqualTo(before.keys());
  }

  @Test
  void edit_toAGroupThatIsNotThere_changesNothing() {
    var before = add(ADA);
    var changes = new Changes(Optional.of("Other"), account("/data/ada", "/bin/zsh"));
    assertThatThrownBy(() -> people().edit(ADA, changes)).hasMessageContaining("called ml");
    assertThat(people().person(ADA)).contains(before);
  }

  @Test
  void locks_ofTheDisabled_nameTheAttribute() {
    add(ADA);
    assertThat(people().locks(ADA)).isEmpty();
    people().setDisabled(ADA, true);
    assertThat(people().locks(ADA)).containsExactly("shadowExpire: 1");
    people().addGroup(ML, ADA);
    var account = account("/home/ada", "/usr/sbin/nologin");
    people().edit(ADA, new Changes(Optional.empty(), account));
    assertThat(people().locks(ADA))
        .containsExactly("shadowExpire: 1", "loginShell: /usr/sbin/nologin");
  }

  @Test
  void renameGroup_withMembers_keepsThemAndItsNumber() {
    add(ADA);
    var before = people().addGroup(ML, ADA);
    var renamed = new GroupName("deep-learning");
    assertThat(people().renameGroup(ML, renamed))
        .isEqualTo(new PeopleAdministration.Group(renamed, before.gidNumber(), List.of(ADA)));
    assertThat(people().group(ML)).isEmpty();
    assertThat(people().person(ADA).orElseThrow().groups()).contains(renamed).doesNotContain(ML);
  }

  @Test
  void renameGroup_takenMissingOrEverybodys_isRefused() {
    add(ADA);
    people().addGroup(ML, ADA);
    var everyone = new GroupName("everyone");
    var other = new GroupName("other");
    assertThatThrownBy(() -> people().renameGroup(ML, everyone)).hasMessageContaining("already");
    assertThatThrownBy(() -> people().renameGroup(other, ML)).hasMessageContaining("called other");
    assertThatThrownBy(() -> people().renameGroup(everyone, other))
        .hasMessageContaining("new people");
  }

  @Test
  void setDisabled_andBack_isSeen() {
    add(ADA);
    people().setDisabled(ADA, true);
    assertThat(people().person(ADA).orElseThrow().disabled()).isTrue();
    people().setDisabled(ADA, true);
    people().setDisabled(ADA, false);
    people().setDisabled(ADA, false);
    assertThat(people().person(ADA).orElseThrow().disabled()).isFalse();
  }

  @Test
  void addKey_again_replacesItsOptions() {
    add(ADA);
    var plain = AuthorizedKeyLine.parse(TestKeys.ed25519(1).line());
    people().addKey(ADA, plain);
    people().addKey(ADA, AuthorizedKeyLine.parse(TestKeys.ed25519(2).line()));
    assertThat(people().keys(ADA))
        .extracting(k -> k.key().key())
        .containsExactlyInAnyOrder(TestKeys.ed25519(1), TestKeys.ed25519(2));
    assertThat(people().keys(ADA)).contains(plain);
  }

  @Test
  void removeKey_oneAndTheLast_isGone() {
    add(ADA);
    people().addKey(ADA, AuthorizedKeyLine.parse(TestKeys.ed25519(2).line()));
    people().removeKey(ADA, TestKeys.ed25519(2).fingerprint());
    assertThat(people().keys(ADA)).containsExactly(KEY);
    people().removeKey(ADA, TestKeys.ed25519(1).fingerprint());
    assertThat(people().keys(ADA)).isEmpty();
    assertThatThrownBy(() -> people().removeKey(ADA, TestKeys.ed25519(1).fingerprint()))
        .isInstanceOf(UserError.class);
  }

  @Test
  void setPassword_again_isTheNewOneOnly() {
    add(ADA);
    people().setPassword(ADA, "first one");
    people().setPassword(ADA, "second");
    assertThat(directory().password(ADA, "second")).isEqualTo(new PasswordCheck.Right());
    assertThat(directory().password(ADA, "first one")).isEqualTo(new PasswordCheck.Wrong());
    assertThatThrownBy(() -> people().setPassword(ADA, "")).isInstanceOf(UserError.class);
  }

  @Test
  void changePassword_ownOne_isTheNewOneOnly() {
    add(ADA);
    people().setPassword(ADA, "first one");
    people().selfService().changePassword(ADA, "first one", "second");
    assertThat(directory().password(ADA, "second")).isEqualTo(new PasswordCheck.Right());
    assertThatThrownBy(() -> self().changePassword(ADA, "first one", "third"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("not the password");
    assertThatThrownBy(() -> self().changePassword(ADA, "second", "")).hasMessageContaining("1 to");
  }

  @Test
  void ownKeys_withThePassword_comeAndGo() {
    add(ADA);
    people().setPassword(ADA, "right");
    var second = AuthorizedKeyLine.parse(TestKeys.ed25519(2).line());
    self().addKey(ADA, "right", second);
    assertThat(people().keys(ADA)).containsExactlyInAnyOrder(KEY, second);
    self().removeKey(ADA, "right", TestKeys.ed25519(1).fingerprint());
    assertThat(people().keys(ADA)).containsExactly(second);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wrong", "{SSHA512}right"})
  void ownKeys_withAnotherPassword_stay(String password) {
    add(ADA);
    people().setPassword(ADA, "right");
    var second = AuthorizedKeyLine.parse(TestKeys.ed25519(2).line());
    assertThatThrownBy(() -> self().addKey(ADA, password, second))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("not the password");
    assertThat(people().keys(ADA)).containsExactly(KEY);
  }

  @Test
  void groups_membersComeAndGo() {
    add(ADA);
    add(BOB);
    people().addGroup(ML, ADA);
    people().addMember(ML, BOB);
    people().addMember(ML, BOB);
    assertThat(people().group(ML).orElseThrow().members()).containsExactly(ADA, BOB);
    assertThat(people().person(BOB).orElseThrow().groups()).contains(ML);
    people().removeMember(ML, ADA);
    assertThat(people().group(ML).orElseThrow().members()).containsExactly(BOB);
    assertThatThrownBy(() -> people().removeMember(ML, ADA)).hasMessageContaining("not in");
    people().removeGroup(ML);
    assertThat(people().group(ML)).isEmpty();
  }

  @Test
  void addEmptyGroup_isMadeOrSaysWhyNotAndWhatToType() {
    add(ADA);
    if (hasEmptyGroups()) {
      assertThat(people().addEmptyGroup(ML).members()).isEmpty();
      assertThat(people().group(ML).orElseThrow().members()).isEmpty();
    } else {
      assertThatThrownBy(() -> people().addEmptyGroup(ML))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "a group of this directory needs a member (groupOfNames, RFC 4519), so name the"
                  + " first: gate group add ml MEMBER");
      assertThat(people().group(ML)).isEmpty();
    }
  }

  @Test
  void addEmptyGroup_nameThatIsTaken_isRefused() {
    add(ADA);
    people().addGroup(ML, ADA);
    assertThatThrownBy(() -> people().addEmptyGroup(ML)).hasMessageContaining("called ml already");
    assertThat(people().group(ML).orElseThrow().members()).containsExactly(ADA);
  }

  @Test
  void removeMember_lastOne_goesWhereTheSchemaHasEmptyGroups() {
    add(ADA);
    people().addGroup(ML, ADA);
    if (hasEmptyGroups()) {
      people().removeMember(ML, ADA);
      assertThat(people().group(ML).orElseThrow().members()).isEmpty();
    } else {
      assertThatThrownBy(() -> people().removeMember(ML, ADA)).hasMessageContaining("last member");
    }
  }

  @Test
  void groups_primaryOne_cannotGoNorBeLeft() {
    add(ADA);
    var everyone = new GroupName("everyone");
    assertThat(people().group(everyone).orElseThrow().members()).containsExactly(ADA);
    assertThatThrownBy(() -> people().removeGroup(everyone)).hasMessageContaining("primary");
    assertThatThrownBy(() -> people().removeMember(everyone, ADA)).hasMessageContaining("primary");
  }

  @Test
  void remove_person_leavesNoTrace() {
    add(ADA);
    add(BOB);
    people().addGroup(ML, ADA);
    var emptied = people().remove(ADA);
    assertThat(emptied).isEqualTo(hasEmptyGroups() ? List.of() : List.of(ML));
    assertThat(people().group(ML).isPresent()).isEqualTo(hasEmptyGroups());
    assertThat(people().person(ADA)).isEmpty();
    assertThat(people().groups()).noneMatch(g -> g.members().contains(ADA));
    assertThat(people().person(BOB)).isPresent();
  }

  @Test
  void change_ofNobody_isRefusedByName() {
    assertThatThrownBy(() -> people().setDisabled(ADA, true)).hasMessageContaining("called ada");
    assertThatThrownBy(() -> people().addKey(ADA, KEY)).hasMessageContaining("called ada");
    assertThatThrownBy(() -> people().remove(ADA)).hasMessageContaining("called ada");
    assertThatThrownBy(() -> people().removeGroup(ML)).hasMessageContaining("called ml");
  }

  public static String seed() {
    return ContractSeed.ldif().substring(0, ContractSeed.ldif().indexOf("dn: uid="));
  }
}
