package dev.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.directory.PeopleAdministration.NewPerson;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.key.TestKeys;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes of people and groups do, whichever server holds them. */
abstract class AdministrationContract {
  private static final Username ADA = new Username("ada");
  private static final Username BOB = new Username("bob");
  private static final GroupName ML = new GroupName("ml");
  private static final String LINE = "restrict " + TestKeys.ed25519(1).line() + " ada@laptop";
  private static final AuthorizedKeyLine KEY = AuthorizedKeyLine.parse(LINE);

  /** Of an empty directory with the units for people and groups. */
  abstract PeopleAdministration people();

  /** The same, for the people themselves. */
  abstract PeopleAdministration.SelfService self();

  /** The same people, as they log in. */
  abstract Directory directory();

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
    self().changePassword(ADA, "first one", "second");
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
    assertThatThrownBy(() -> people().removeMember(ML, BOB)).hasMessageContaining("last member");
    people().removeGroup(ML);
    assertThat(people().group(ML)).isEmpty();
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
    assertThat(people().remove(ADA)).containsExactly(ML);
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

  static String seed() {
    return ContractSeed.ldif().substring(0, ContractSeed.ldif().indexOf("dn: uid="));
  }
}
