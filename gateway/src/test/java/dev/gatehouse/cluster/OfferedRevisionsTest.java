package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.testkit.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Revisions from the API server, beside the mounted copy of one of them: the higher one counts. */
final class OfferedRevisionsTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void mount() throws IOException {
    file = folder.resolve("cluster.yaml");
    mount(5, tries(5));
  }

  @Test
  void start_withANumberBesideTheFile_hasThatRevision() {
    assertThat(live().revision()).isEqualTo(5);
  }

  @Test
  void offer_higherRevision_isInForceAtOnce() throws IOException {
    var live = live();
    assertThat(logOf(() -> live.offer(revision(6, tries(6)))))
        .containsExactly("[definition-changed] revision 6 is in force");
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(6);
    assertThat(live.revision()).isEqualTo(6);
  }

  @Test
  void offer_lowerOrSameRevision_changesNothing() {
    var live = live();
    live.offer(revision(4, tries(4)));
    live.offer(revision(5, tries(9)));
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(5);
  }

  /** The kubelet brings what the API server has told a minute ago. */
  @Test
  void refresh_mountedCopyLagsBehind_changesNothing() throws IOException {
    var live = live();
    live.offer(revision(8, tries(8)));
    mount(7, tries(7));
    refresh(live);
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(8);
    assertThat(live.revision()).isEqualTo(8);
  }

  @Test
  void refresh_mountedCopyIsAhead_isTakenWhileTheApiServerIsAway() throws IOException {
    var live = live();
    live.offer(revision(6, tries(6)));
    mount(7, tries(7));
    refresh(live);
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(7);
    live.offer(revision(6, tries(6)));
    live.offer(revision(7, tries(2)));
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(7);
  }

  @Test
  void offer_brokenRevision_changesNothingAndIsToldOnceWithItsNumber() throws IOException {
    var live = live();
    var log =
        logOf(
            () -> {
              live.offer(revision(6, tries(6)));
              live.offer(revision(7, "limits: {maxAuthTries: none}"));
              refresh(live);
              mount(7, "limits: {maxAuthTries: none}");
              refresh(live);
            });
    assertThat(log)
        .hasSize(2)
        .last()
        .asString()
        .isEqualTo(
            "[definition-refused] revision 7 is refused, and the definition before stays in force:"
                + " revision 7:1:24: limits.maxAuthTries must be a whole number from 1 to 100, not"
                + " 'none'");
    assertThat(live.revision()).isEqualTo(6);
    assertThat(live.refused()).hasValueSatisfying(why -> assertThat(why).contains("revision 7:1"));
    live.offer(revision(8, tries(8)));
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(8);
    assertThat(live.refused()).isEmpty();
  }

  /** A Secret that a revision names is mounted later than the revision is told. */
  @Test
  void offer_revisionNamesAFileThatComesLater_isTakenThen() throws IOException {
    var live = live();
    live.offer(revision(6, "login: {revokedKeys: revoked_keys}"));
    assertThat(live.refused()).isPresent();
    Files.writeString(folder.resolve("revoked_keys"), "");
    refresh(live);
    assertThat(live.revision()).isEqualTo(6);
    assertThat(live.get().login().revokedKeys()).contains(folder.resolve("revoked_keys"));
  }

  @Test
  void refresh_mountedCopyGoes_changesAndSaysNothingWhileRevisionsAreTold() throws IOException {
    var live = live();
    live.offer(revision(6, tries(6)));
    Files.delete(file);
    Files.delete(folder.resolve("revision"));
    assertThat(logOf(() -> refresh(live))).isEmpty();
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(6);
    mount(6, tries(6));
    assertThat(logOf(() -> refresh(live))).isEmpty();
  }

  @Test
  void refresh_numberIsNone_isRefused() throws IOException {
    var live = live();
    Files.writeString(folder.resolve("revision"), "latest\n");
    refresh(live);
    assertThat(live.refused())
        .contains(
            "%s must hold the number of the definition's revision, not 'latest'"
                .formatted(folder.resolve("revision").toRealPath()));
  }

  /** Whoever offers revisions tells of changes of a plain file, too: one of the two must lead. */
  @Test
  void refresh_fileWithoutANumber_countsUntilARevisionIsOffered() throws IOException {
    Files.delete(folder.resolve("revision"));
    var live = live();
    Files.writeString(file, tries(2));
    refresh(live);
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(2);
    live.offer(revision(3, tries(3)));
    Files.writeString(file, tries(4));
    refresh(live);
    assertThat(live.get().limits().maxAuthTries()).isEqualTo(3);
  }

  @Test
  void offer_theFilesOwnTextFirst_givesItItsNumberAndSaysNothing() throws IOException {
    Files.delete(folder.resolve("revision"));
    var live = live();
    assertThat(logOf(() -> live.offer(revision(1, tries(5))))).isEmpty();
    assertThat(live.revision()).isEqualTo(1);
  }

  @Test
  void onChange_isToldOfEachChangeAndOfNothingElse() {
    var live = live();
    var told = new AtomicInteger();
    live.onChange(told::incrementAndGet);
    live.offer(revision(6, tries(6)));
    live.offer(revision(6, tries(6)));
    live.offer(revision(7, "limits: 7"));
    refresh(live);
    assertThat(told).hasValue(1);
  }

  @Test
  void offer_otherServersOfPeople_areAwaitedUntilTheyAnswer() throws IOException {
    Files.writeString(folder.resolve("ldap-password"), "secret");
    mount(5, ldap("one"));
    var live = live();
    live.offer(revision(6, ldap("two")));
    var wanted = live.awaitedLdap().orElseThrow();
    assertThat(wanted.servers()).hasToString("[ldaps://two.example.com:636]");
    assertThat(live.get().directory().ldap().orElseThrow().servers())
        .hasToString("[ldaps://one.example.com:636]");
    assertThat(live.unapplied())
        .containsExactly(new Unapplied("directory.ldap", InForceAfter.What.ANSWER));
    assertThat(live.restartNeeded()).isEmpty();

    assertThat(live.bringIntoForce(wanted)).isTrue();

    assertThat(live.get().directory().ldap()).contains(wanted);
    assertThat(live.unapplied()).isEmpty();
    assertThat(live.awaitedLdap()).isEmpty();
  }

  @Test
  void bringIntoForce_serversAreNoLongerThoseThatAreWritten_changesNothing() throws IOException {
    Files.writeString(folder.resolve("ldap-password"), "secret");
    mount(5, ldap("one"));
    var live = live();
    live.offer(revision(6, ldap("two")));
    var two = live.awaitedLdap().orElseThrow();
    live.offer(revision(7, ldap("three")));
    assertThat(live.bringIntoForce(two)).isFalse();
    assertThat(live.get().directory().ldap().orElseThrow().servers())
        .hasToString("[ldaps://one.example.com:636]");
  }

  /** Else everybody who is logged in would be unknown at once. */
  @Test
  void offer_noServersOfPeopleAnyMore_needsARestart() throws IOException {
    Files.writeString(folder.resolve("ldap-password"), "secret");
    mount(5, ldap("one"));
    var live = live();
    live.offer(revision(6, "{}"));
    assertThat(live.restartNeeded()).containsExactly("directory.ldap");
    assertThat(live.awaitedLdap()).isEmpty();
    assertThat(live.get().directory().ldap()).isPresent();
  }

  private static String ldap(String host) {
    return """
    directory:
      ldap:
        servers: [ldaps://%s.example.com]
        base: dc=example,dc=com
        bindDn: cn=gatehouse,dc=example,dc=com
        bindPasswordFile: ldap-password
    """
        .formatted(host);
  }

  private static String tries(int number) {
    return "limits: {maxAuthTries: %d}".formatted(number);
  }

  private static Revision revision(long number, String text) {
    return new Revision(number, text, Instant.EPOCH, new Author("ada", "a test", Optional.empty()));
  }

  private void mount(long revision, String text) throws IOException {
    Files.writeString(file, text);
    Files.writeString(folder.resolve("revision"), Long.toString(revision));
  }

  private LiveDefinition live() {
    return new LiveDefinition(file, UnaryOperator.identity());
  }

  /** Often enough for what must be read twice. */
  private static void refresh(LiveDefinition live) {
    for (var i = 0; i < 4; i++) {
      live.refresh();
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static List<String> logOf(Action action) throws IOException {
    try (var log = LogLines.ofThisThread()) {
      action.run();
      return log.all();
    }
  }
}
