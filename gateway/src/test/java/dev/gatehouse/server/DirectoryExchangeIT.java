package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.LiveDefinition;
import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.directory.ContractSeed;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.directory.Until;
import dev.gatehouse.directory.deployed.DeployedSlapd;
import dev.gatehouse.directory.deployed.SlapdHome;
import dev.gatehouse.name.Username;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.LogLines;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A running gateway goes over to other servers, and only to servers that know people. */
@Timeout(180)
final class DirectoryExchangeIT {
  private static final String ADA = SlapdHome.ADMINISTRATOR;
  private static final String ALICE = "alice";

  @TempDir Path folder;
  private SlapdHome firstHome;
  private SlapdHome secondHome;
  private DeployedSlapd first;
  private LogLines log;
  private LiveDefinition definition;
  private DirectoryBackend backend;

  @BeforeEach
  void start() {
    log = LogLines.ofThisThread();
    firstHome = SlapdHome.in(Folders.temporaryIn(folder));
    secondHome = SlapdHome.in(Folders.temporaryIn(folder), ContractSeed.ldif());
    first = firstHome.start();
    var file = Folders.write(folder.resolve("cluster.yaml"), firstHome.definition());
    definition = new LiveDefinition(file, UnaryOperator.identity());
    backend = DirectoryBackend.open(definition, folder, InstantSource.system());
    Until.holds(() -> knows(ADA));
  }

  @AfterEach
  void stop() {
    if (first != null) {
      backend.close();
      first.close();
    }
    log.close();
  }

  private void awaitLine(String start) {
    Until.holds(() -> log.all().stream().anyMatch(line -> line.startsWith(start)));
  }

  private boolean knows(String name) {
    return backend.directory().person(new Username(name)) instanceof PersonLookup.Found;
  }

  private void offer(long number, String text) {
    definition.offer(
        new Revision(number, text, Instant.EPOCH, new Author("ada", "a test", Optional.empty())));
  }

  @Test
  void otherServers_answer_peopleAreTheirs() {
    try (var _ = secondHome.start()) {
      offer(1, secondHome.definition());
      Until.holds(() -> knows(ALICE));
      assertThat(knows(ADA)).isFalse();
      assertThat(backend.administration().people())
          .extracting(p -> p.username().value())
          .contains(ALICE)
          .doesNotContain(ADA);
      assertThat(definition.unapplied()).isEmpty();
      assertThat(definition.get().directory().ldap())
          .hasValueSatisfying(
              ldap -> assertThat(ldap.servers()).hasToString("[" + secondHome.url() + "]"));
    }
  }

  @Test
  void otherServers_doNotAnswer_thoseBeforeAreAskedUntilTheyDo() {
    offer(1, secondHome.definition());
    awaitLine("[directory-not-exchanged] the servers before are asked, until this is over: ");
    assertThat(knows(ADA)).isTrue();
    assertThat(definition.unapplied()).extracting(u -> u.key()).containsExactly("directory.ldap");
    try (var _ = secondHome.start()) {
      Until.holds(() -> knows(ALICE));
      assertThat(definition.unapplied()).isEmpty();
    }
  }

  /** Else a mistyped base would end everybody's sessions. */
  @Test
  void otherBase_holdsNobody_theOneBeforeStays() {
    var elsewhere = "base: ou=groups," + SlapdHome.BASE;
    offer(1, firstHome.definition().replace("base: " + SlapdHome.BASE, elsewhere));
    awaitLine(
        "[directory-not-exchanged] the servers before are asked, until this is over: "
            + "ou=people,ou=groups,"
            + SlapdHome.BASE);
    assertThat(knows(ADA)).isTrue();
  }

  @Test
  void otherServers_areWithdrawnBeforeTheyAnswer_nothingIsAwaited() {
    offer(1, secondHome.definition());
    offer(2, firstHome.definition());
    assertThat(definition.unapplied()).isEmpty();
    assertThat(knows(ADA)).isTrue();
  }

  /** The same servers in other words: nobody's lookup fails meanwhile. */
  @Test
  void otherTimeout_ofTheSameServers_isTakenWithoutAGap() {
    offer(1, firstHome.definition() + "    timeout: 3s\n");
    Until.holds(
        () -> {
          assertThat(knows(ADA)).isTrue();
          return definition.unapplied().isEmpty();
        });
    assertThat(knows(ADA)).isTrue();
  }
}
