package dev.gatehouse.platform.revisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.cluster.revisions.DefinitionStoreContract;
import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigMapDefinitionStoreTest extends DefinitionStoreContract {
  private static final String NAMESPACE = "gatehouse";

  private final ApiServer server = ApiServer.start();
  private final KubernetesClient client = server.client();
  private final KubernetesClient admin = server.innerClient();
  private final ConfigMapDefinitionStore store =
      new ConfigMapDefinitionStore(client, NAMESPACE, CLOCK);

  @BeforeEach
  void install() {
    store.change(0, FIRST, ALICE);
  }

  @AfterEach
  void close() {
    store.close();
    client.close();
    admin.close();
    server.close();
  }

  @Override
  protected DefinitionStore store() {
    return store;
  }

  @Test
  void find_noDefinition_isEmpty() {
    admin.configMaps().inNamespace(NAMESPACE).withName(RevisionObjects.NAME).delete();

    assertThat(store.find()).isEmpty();
    assertThatThrownBy(store::current).hasMessageContaining("definition-missing");
  }

  @Test
  void change_firstWhereOneIs_isAConflict() {
    assertThatThrownBy(() -> store.change(0, "a: 1\n", BOB))
        .hasMessageContaining("definition-conflict");
  }

  @Test
  void change_anotherBetweenReadAndWrite_isAConflict() {
    var other = new ConfigMapDefinitionStore(admin, NAMESPACE, CLOCK);
    // The revision that is kept first takes the writer so long that another is faster.
    server.fail("PUT .*/configmaps/gatehouse-definition", 409, 1);
    other.change(1, "bob: 1\n", BOB);

    assertThatThrownBy(() -> store.change(1, "alice: 1\n", ALICE))
        .hasMessageContaining("bob changed the definition");
  }

  @Test
  void change_byTwoAtOnce_isMadeByOneAlone() throws InterruptedException {
    var outcomes = new CopyOnWriteArrayList<String>();
    try (var other = server.client()) {
      var threads =
          new Thread[] {
            Thread.ofVirtual().unstarted(() -> outcomes.add(tried(store, ALICE))),
            Thread.ofVirtual()
                .unstarted(
                    () ->
                        outcomes.add(
                            tried(new ConfigMapDefinitionStore(other, NAMESPACE, CLOCK), BOB)))
          };
      for (var thread : threads) {
        thread.start();
      }
      for (var thread : threads) {
        thread.join();
      }
    }
    assertThat(outcomes).containsExactlyInAnyOrder("made", "definition-conflict");
    assertThat(store.current().number()).isEqualTo(2);
  }

  /** The same change by the same author at the same instant could not be told from the other. */
  private static String tried(DefinitionStore store, Author author) {
    try {
      store.change(1, "a: 1\n", author);
      return "made";
    } catch (FailureException e) {
      return e.failure().code();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET .*/configmaps/",
        "GET .*/controllerrevisions/",
        "POST .*/controllerrevisions",
        "PUT .*/configmaps/"
      })
  void change_diesAtAStep_losesNothing(String step) {
    store.change(1, "second: 1\n", BOB);
    // As after a death between the two writes: the current one is in no history.
    admin
        .apps()
        .controllerRevisions()
        .inNamespace(NAMESPACE)
        .withName("gatehouse-definition-2")
        .delete();
    server.fail(step, 500, 100);

    assertThatThrownBy(() -> store.change(2, "third: 1\n", ALICE))
        .hasMessageContaining("definition-unavailable");

    var after = new ConfigMapDefinitionStore(admin, NAMESPACE, CLOCK);
    assertThat(after.current()).isEqualTo(new Revision(2, "second: 1\n", NOW, BOB));
    assertThat(after.history()).extracting(Revision::number).containsExactly(2L, 1L);
    after.change(2, "third: 1\n", ALICE);
    assertThat(after.history())
        .extracting(Revision::text)
        .containsExactly("third: 1\n", "second: 1\n", FIRST);
  }

  @Test
  void change_diesBehindTheChange_isMadeAndTheNextKeepsIt() {
    admin.apps().controllerRevisions().inNamespace(NAMESPACE).delete();
    server.fail("GET .*/controllerrevisions\\?", 500, 100);

    store.change(1, "second: 1\n", BOB);

    var after = new ConfigMapDefinitionStore(admin, NAMESPACE, CLOCK);
    assertThat(after.history()).extracting(Revision::number).containsExactly(2L, 1L);
  }

  @ParameterizedTest
  @CsvSource({
    "403,definition-forbidden,DENIED",
    "500,definition-unavailable,UNAVAILABLE",
    "429,definition-unavailable,UNAVAILABLE",
    "422,definition-refused,BROKEN"
  })
  void current_refused_hasTheRightName(int status, String code, String kind) {
    server.fail("GET .*/configmaps/", status, 100);

    assertThatThrownBy(store::current)
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> {
              assertThat(e.failure().code()).isEqualTo(code);
              assertThat(
                      switch (e.failure()) {
                        case Failure.Denied _ -> "DENIED";
                        case Failure.Unavailable _ -> "UNAVAILABLE";
                        case Failure.Broken _ -> "BROKEN";
                      })
                  .isEqualTo(kind);
            });
  }

  @Test
  void current_serverAway_isUnavailable() {
    server.down();

    assertThatThrownBy(store::current).hasMessageContaining("definition-unavailable");
  }

  @Test
  void change_tooLarge_isRefusedBeforeAnythingIsWritten() {
    var large = "# " + "\u00C4".repeat(1 << 19) + "\n";

    assertThatThrownBy(() -> store.change(1, large, BOB))
        .hasMessageContaining("definition-too-large")
        .hasMessageContaining("1048579");
    assertThat(
            store.change(1, "#" + "x".repeat(ConfigMapDefinitionStore.MAX_BYTES - 1), BOB).number())
        .isEqualTo(2);
  }

  @Test
  void follow_serverAwayForAWhile_tellsWhatCameMeanwhile() throws InterruptedException {
    var told = new LinkedBlockingQueue<Revision>();
    store.follow(told::add);
    assertThat(told.poll(30, TimeUnit.SECONDS).number()).isEqualTo(1);

    server.down();
    var other = new ConfigMapDefinitionStore(admin, NAMESPACE, CLOCK);
    other.change(1, "a: 1\n", BOB);
    other.change(2, "b: 1\n", BOB);
    server.up();

    var last = 1L;
    while (last < 3) {
      var next = told.poll(30, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      assertThat(next.number()).isGreaterThan(last);
      last = next.number();
    }
  }

  @Test
  void follow_serverAwayAtFirst_tellsWhenItIsThere() throws InterruptedException {
    server.down();
    var told = new LinkedBlockingQueue<Revision>();
    store.follow(told::add);
    server.up();

    assertThat(told.poll(60, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void follow_numberGoesBack_isToldByTheNextNumber() throws InterruptedException {
    store.change(1, "a: 1\n", BOB);
    var told = new LinkedBlockingQueue<Revision>();
    store.follow(told::add);
    assertThat(told.poll(30, TimeUnit.SECONDS).number()).isEqualTo(2);

    edit("1", FIRST);

    var next = told.poll(30, TimeUnit.SECONDS);
    assertThat(next.number()).isEqualTo(3);
    assertThat(next.text()).isEqualTo(FIRST);
    assertThat(told).isEmpty();
  }

  /** Running gateways have seen revision 2, and ignore what is not higher. */
  @Test
  void change_definitionWasDeleted_goesOnCounting() {
    store.change(1, "a: 1\n", BOB);
    admin.configMaps().inNamespace(NAMESPACE).withName(RevisionObjects.NAME).delete();

    assertThat(store.change(0, "b: 1\n", ALICE).number()).isEqualTo(3);

    assertThat(store.current().text()).isEqualTo("b: 1\n");
    assertThat(store.history()).extracting(Revision::number).containsExactly(3L, 2L, 1L);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 1})
  void current_definitionWasMadeAnewByHand_goesOnCounting(long oldestKept) {
    store.change(1, "a: 1\n", BOB);
    store.change(2, "b: 1\n", BOB);
    for (var number = 1; number < oldestKept; number++) {
      admin
          .apps()
          .controllerRevisions()
          .inNamespace(NAMESPACE)
          .withName(RevisionObjects.nameOf(number))
          .delete();
    }
    var map = admin.configMaps().inNamespace(NAMESPACE).withName(RevisionObjects.NAME);
    map.delete();
    var anew = new Revision(1, FIRST, NOW, ALICE);
    admin
        .configMaps()
        .inNamespace(NAMESPACE)
        .resource(RevisionObjects.configMap(Optional.empty(), NAMESPACE, anew))
        .create();

    assertThat(store.current().number()).isEqualTo(4);
    assertThat(store.current().text()).isEqualTo(FIRST);
    assertThat(store.change(4, "c: 1\n", BOB).number()).isEqualTo(5);
  }

  /** The operator may not: a gateway counts for it. */
  @Test
  void current_mayNotListTheHistory_isWhatTheConfigMapSays() {
    admin.apps().controllerRevisions().inNamespace(NAMESPACE).delete();
    server.fail("GET .*/controllerrevisions\\?", 403, 100);

    assertThat(store.current().number()).isEqualTo(1);
  }

  @Test
  void follow_editedWithKubectl_isCountedUpOnce() throws InterruptedException {
    var told = new LinkedBlockingQueue<Revision>();
    store.follow(told::add);
    assertThat(told.poll(30, TimeUnit.SECONDS).number()).isEqualTo(1);

    edit("1", "hand: 1\n");

    var next = told.poll(30, TimeUnit.SECONDS);
    assertThat(next.number()).isEqualTo(2);
    assertThat(next.text()).isEqualTo("hand: 1\n");
    assertThat(next.author().why()).contains("edited by hand");
    Poll.until(
        "it is kept", () -> store.history().stream().map(Revision::text).toList().contains(FIRST));
    assertThat(store.current()).isEqualTo(next);
    assertThatThrownBy(() -> store.change(1, "a: 1\n", BOB))
        .hasMessageContaining("definition-conflict");
  }

  @Test
  void follow_askedToTryAgain_tellsTheSameOnceMore() throws InterruptedException {
    var told = new LinkedBlockingQueue<Revision>();
    store.follow(told::add);
    assertThat(told.poll(30, TimeUnit.SECONDS).number()).isEqualTo(1);
    var tryAgain = new TryAgain(client, NAMESPACE, CLOCK);

    var request = tryAgain.ask();

    assertThat(told.poll(30, TimeUnit.SECONDS).number()).isEqualTo(1);
    store.change(1, "a: 1\n", BOB);
    assertThat(told.poll(30, TimeUnit.SECONDS).number()).isEqualTo(2);
    assertThat(told).isEmpty();
    assertThat(tryAgain.asked()).as("whoever asked waits for the answer").contains(request);
  }

  @Test
  void tryAgain_anotherWritesAtTheSameMoment_isAskedAllTheSame() {
    var tryAgain = new TryAgain(client, NAMESPACE, CLOCK);
    server.fail("PUT .*/configmaps/gatehouse-definition", 409, 1);
    var first = tryAgain.ask();
    assertThat(tryAgain.ask()).as("by a clock that stands still").isAfter(first);
    assertThat(store.current()).isEqualTo(new Revision(1, FIRST, NOW, ALICE));
  }

  @Test
  void tryAgain_noDefinition_saysSo() {
    admin.configMaps().inNamespace(NAMESPACE).withName(RevisionObjects.NAME).delete();
    assertThatThrownBy(() -> new TryAgain(client, NAMESPACE, CLOCK).ask())
        .hasMessageContaining("definition-missing");
  }

  /** A GitOps tool puts the text there, and again and again. */
  @Test
  void current_uncounted_isCountedAndGoesOn() {
    uncounted("a: 1\n");
    assertThat(store.current().number()).isEqualTo(2);
    assertThat(store.current().number()).isEqualTo(2);

    uncounted("b: 1\n");
    assertThat(store.current().number()).isEqualTo(3);
    assertThat(store.current().text()).isEqualTo("b: 1\n");
    assertThat(store.history()).extracting(Revision::number).containsExactly(3L, 2L, 1L);
  }

  @Test
  void current_firstIsUncounted_isRevisionOne() {
    admin.apps().controllerRevisions().inNamespace(NAMESPACE).delete();
    uncounted(FIRST);

    assertThat(store.current().number()).isEqualTo(1);
  }

  @Test
  void current_numberIsAWord_isBroken() {
    edit("seven", "a: 1\n");

    assertThatThrownBy(store::current).hasMessageContaining("definition-broken");
  }

  private void uncounted(String text) {
    admin
        .configMaps()
        .inNamespace(NAMESPACE)
        .withName(RevisionObjects.NAME)
        .edit(
            map -> {
              map.getData().remove(RevisionObjects.NUMBER);
              map.getData().put(RevisionObjects.TEXT, text);
              return map;
            });
  }

  private void edit(String number, String text) {
    admin
        .configMaps()
        .inNamespace(NAMESPACE)
        .withName(RevisionObjects.NAME)
        .edit(
            map -> {
              map.getData().put(RevisionObjects.NUMBER, number);
              map.getData().put(RevisionObjects.TEXT, text);
              return map;
            });
  }
}
