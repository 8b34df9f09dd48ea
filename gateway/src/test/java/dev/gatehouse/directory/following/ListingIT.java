package dev.gatehouse.directory.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cluster.LdapSchema;
import dev.gatehouse.cluster.LdapSchema.Kind;
import dev.gatehouse.cluster.LdapSettings;
import dev.gatehouse.cluster.LdapSettings.Bind;
import dev.gatehouse.cluster.LdapSettings.Cache;
import dev.gatehouse.directory.ContractSeed;
import dev.gatehouse.directory.ManyPeople;
import dev.gatehouse.directory.PeopleAdministration.NewPerson;
import dev.gatehouse.directory.Until;
import dev.gatehouse.directory.embedded.Slapd;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.key.TestKeys;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * To list everybody asked the directory twice for each person: 12 s for 10,000. What it costs now
 * does not depend on how many people there are.
 */
final class ListingIT {
  private static final int PEOPLE = 50;
  private static final String UNITS =
      """
      dn: dc=gatehouse,dc=local
      objectClass: domain
      dc: gatehouse

      dn: ou=people,dc=gatehouse,dc=local
      objectClass: organizationalUnit
      ou: people

      dn: ou=groups,dc=gatehouse,dc=local
      objectClass: organizationalUnit
      ou: groups

      """;

  @TempDir Path folder;

  @BeforeEach
  void require() {
    Slapd.require();
  }

  private static String seed() {
    var key = TestKeys.line("ed25519").strip();
    return UNITS
        + IntStream.range(0, PEOPLE)
            .mapToObj(i -> ManyPeople.person(i, key))
            .collect(Collectors.joining())
        + ManyPeople.everyone(PEOPLE);
  }

  /** A copy is taken for fresh for as long as the test may take. */
  private static LdapSettings patient(LdapSettings s, Bind bind) {
    return new LdapSettings(
        s.servers(),
        s.startTls(),
        s.ca(),
        bind,
        Duration.ofMinutes(1),
        s.readOnly(),
        s.schema(),
        s.ids(),
        new Cache(Duration.ofMinutes(10), Duration.ofHours(1)));
  }

  private static RemoteDirectory follow(Slapd slapd) {
    var settings = slapd.settings();
    var remote = RemoteDirectory.open(patient(settings, settings.bind()), InstantSource.system());
    Until.holds(() -> remote.copied().isPresent());
    return remote;
  }

  private static void listAll(RemoteDirectory remote) {
    var people = remote.administration();
    assertThat(people.people())
        .hasSize(PEOPLE)
        .allSatisfy(p -> assertThat(p.groups()).containsExactly(new GroupName("everyone")));
    assertThat(people.keyHolders()).hasSize(PEOPLE).allMatch(h -> h.keys().size() == 1);
    assertThat(people.groups()).singleElement().matches(g -> g.members().size() == PEOPLE);
  }

  @Test
  void list_followedDirectory_isAskedNothing() {
    try (var slapd = Slapd.start(folder, seed(), Slapd.Setup.SYNCING);
        var remote = follow(slapd)) {
      var before = remote.operations();
      listAll(remote);
      assertThat(remote.operations() - before).isZero();
    }
  }

  /** Two searches a list. */
  @Test
  void list_directoryThatTellsNothing_isAskedTwice() {
    try (var slapd = Slapd.start(folder, seed());
        var remote = follow(slapd)) {
      var before = remote.operations();
      listAll(remote);
      assertThat(remote.operations() - before).isEqualTo(6);
    }
  }

  /** Three operations a person at most, and the group of all of them is written once. */
  @Test
  void add_aHundredPeople_isAboutThreeOperationsEach() {
    try (var slapd = Slapd.start(folder, seed(), Slapd.Setup.SYNCING);
        var remote = follow(slapd)) {
      var many =
          IntStream.range(0, 100)
              .mapToObj(i -> new NewPerson(new Username("n" + i), "", Set.of(), List.of()))
              .toList();
      var before = remote.operations();
      remote.administration().add(many, _ -> {});
      assertThat(remote.operations() - before).isLessThan(3 * 100);
      assertThat(remote.administration().people())
          .as("what was just changed is seen at once")
          .hasSize(PEOPLE + 100);
    }
  }

  /**
   * The account of a gateway may read 20 entries. "The directory refused the change", an
   * administrator read who had changed nothing, and nothing about the limit.
   */
  @Test
  void list_accountWithASizeLimit_namesLimitAccountAndSetting() throws IOException {
    var account = "uid=p1," + ContractSeed.PEOPLE;
    var setup =
        Slapd.Setup.SYNCING.with("dynlist", "limits dn.exact=\"%s\" size=20".formatted(account));
    var password = Files.writeString(folder.resolve("p1-password"), "may read");
    var seed = seed().replace("uid: p1\n", "uid: p1\nuserPassword: may read\n");
    try (var slapd = Slapd.start(folder.resolve("slapd"), seed, setup);
        var remote =
            RemoteDirectory.open(
                patient(slapd.settings(), new Bind.Simple(account, password)),
                InstantSource.system())) {
      var people = remote.administration();
      for (var question :
          List.<Runnable>of(
              () -> people.people(), () -> people.keyHolders(), () -> people.groups())) {
        assertThatThrownBy(question::run)
            .isInstanceOf(FailureException.class)
            .hasMessageContaining("gives 20 entries at most to " + account)
            .hasMessageContaining("size.prtotal")
            .hasMessageContaining("(directory-size-limit)")
            .hasMessageNotContaining("change");
      }
    }
  }

  /** Nobody asked for a change, so nobody is told that one was refused. */
  @Test
  void questions_thatAreRefused_areNotToldAsChanges() throws IOException {
    var password = Files.writeString(folder.resolve("p1-password"), "may read");
    var seed = seed().replace("uid: p1\n", "uid: p1\nuserPassword: may read\n");
    try (var slapd = Slapd.start(folder.resolve("slapd"), seed, Slapd.Setup.SYNCING)) {
      var s = slapd.settings();
      var elsewhere =
          new LdapSettings(
              s.servers(),
              s.startTls(),
              s.ca(),
              new Bind.Simple("uid=p1," + ContractSeed.PEOPLE, password),
              s.timeout(),
              s.readOnly(),
              LdapSchema.usual(Kind.RFC2307BIS, "dc=elsewhere"),
              s.ids(),
              s.cache());
      try (var remote = RemoteDirectory.open(elsewhere, InstantSource.system())) {
        var people = remote.administration();
        var ada = new Username("ada");
        for (var question :
            List.<Runnable>of(
                () -> people.people(),
                () -> people.keyHolders(),
                () -> people.groups(),
                () -> people.group(new GroupName("ml")),
                () -> people.person(ada),
                () -> people.keys(ada))) {
          assertThatThrownBy(question::run)
              .isInstanceOf(FailureException.class)
              .hasMessageContaining("(directory-refused)")
              .hasMessageNotContaining("change");
        }
      }
    }
  }
}
