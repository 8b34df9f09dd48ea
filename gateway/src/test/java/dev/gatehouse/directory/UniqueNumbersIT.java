package dev.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.directory.PeopleAdministration.Account;
import dev.gatehouse.directory.PeopleAdministration.NewPerson;
import dev.gatehouse.directory.deployed.DeployedSlapd;
import dev.gatehouse.directory.deployed.SlapdHome;
import dev.gatehouse.directory.following.RemoteDirectory;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.Username;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two people of one uidNumber own each other's files. Two administrators at two gateways each saw
 * that the number is free, and each added somebody with it: of 40 such pairs slapd let 9 be added,
 * both of them, although its overlay {@code unique} was there. It must {@code serialize}.
 */
final class UniqueNumbersIT {
  private static final int PAIRS = 40;

  private static DeployedSlapd slapd;
  private static RemoteDirectory one;
  private static RemoteDirectory other;

  @BeforeAll
  static void start(@TempDir Path folder) {
    slapd = SlapdHome.in(folder, AdministrationContract.seed()).start();
    one = RemoteDirectory.open(slapd.home().settings(), InstantSource.system());
    other = RemoteDirectory.open(slapd.home().settings(), InstantSource.system());
    one.administration().add(person("first", OptionalInt.empty()));
    other.administration().add(person("second", OptionalInt.empty()));
  }

  @AfterAll
  static void stop() {
    if (slapd != null) {
      one.close();
      other.close();
      slapd.close();
    }
  }

  private static NewPerson person(String name, OptionalInt uid) {
    return new NewPerson(new Username(name), "", Set.of(), List.of(), uid, Account.USUAL);
  }

  /** Empty for who was told that the number is taken. */
  private static Optional<Person> added(RemoteDirectory gateway, NewPerson person) {
    try {
      return Optional.of(gateway.administration().add(person));
    } catch (UserError e) {
      assertThat(e.text()).isEqualTo("somebody has the uid %d already".formatted(uid(person)));
      return Optional.empty();
    }
  }

  private static int uid(NewPerson person) {
    return person.uid().orElseThrow();
  }

  /** Both at the same moment. */
  private static List<Optional<Person>> both(NewPerson first, NewPerson second) throws Exception {
    var start = new CyclicBarrier(2);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Optional<Person>> left =
          () -> {
            start.await();
            return added(one, first);
          };
      Callable<Optional<Person>> right =
          () -> {
            start.await();
            return added(other, second);
          };
      var results = List.of(threads.submit(left), threads.submit(right));
      return List.of(results.getFirst().get(), results.getLast().get());
    }
  }

  @Test
  void add_oneNumberThroughTwoGatewaysAtOnce_isGivenOnceAndTheOtherReadsThatItIsTaken()
      throws Exception {
    var winners = new ArrayList<Long>();
    for (var i = 0; i < PAIRS; i++) {
      var uid = OptionalInt.of(70_000 + i);
      var results = both(person("a" + i, uid), person("b" + i, uid));
      winners.add(results.stream().flatMap(Optional::stream).count());
    }
    assertThat(winners).hasSize(PAIRS).containsOnly(1L);
  }

  /** Who left the choice to the gateway gets another, and need not know that there was a race. */
  @Test
  void add_theNextNumberWantedByAnother_bothAreAddedOrTheOtherReadsThatItIsTaken()
      throws Exception {
    var last = one.administration().add(person("last", OptionalInt.empty())).uidNumber();
    for (var i = 0; i < PAIRS; i++) {
      var results =
          both(person("c" + i, OptionalInt.empty()), person("d" + i, OptionalInt.of(last + 1)));
      assertThat(results.getFirst()).as("the number was chosen for them").isPresent();
      last = results.getFirst().orElseThrow().uidNumber();
    }
    assertThat(other.administration().people())
        .extracting(Person::uidNumber)
        .doesNotHaveDuplicates();
  }

  @Test
  void add_classesThroughTwoGatewaysAtOnce_haveNumbersOfTheirOwn() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results =
          IntStream.range(0, 6)
              .mapToObj(
                  c ->
                      threads.submit(
                          () -> {
                            var people =
                                IntStream.range(0, 20)
                                    .mapToObj(
                                        i -> person("e%d-%d".formatted(c, i), OptionalInt.empty()))
                                    .toList();
                            (c % 2 == 0 ? one : other).administration().add(people, _ -> {});
                            return people.size();
                          }))
              .toList();
      for (var result : results) {
        assertThat(result.get()).isEqualTo(20);
      }
    }
    assertThat(one.administration().people())
        .extracting(Person::uidNumber)
        .hasSizeGreaterThanOrEqualTo(120)
        .doesNotHaveDuplicates();
  }
}
