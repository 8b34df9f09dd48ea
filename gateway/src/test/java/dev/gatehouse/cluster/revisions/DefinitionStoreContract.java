package dev.gatehouse.cluster.revisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.failure.FailureException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every store of the definition does. Each begins with {@link #FIRST} as revision 1. */
public abstract class DefinitionStoreContract {
  protected static final String FIRST = "# first\ngateway: {port: 2222}\n";
  protected static final Instant NOW = Instant.parse("2026-11-30T12:03:04Z");
  protected static final InstantSource CLOCK = InstantSource.fixed(NOW);
  protected static final Author BOB =
      new Author("bob", "ssh from 192.0.2.7", Optional.of("more: memory\n\\n # for 'all'"));
  protected static final Author ALICE = new Author("alice", "gatehouse apply", Optional.empty());
  private static final long PATIENCE = 30;

  protected abstract DefinitionStore store();

  @Test
  void current_atFirst_isRevisionOne() {
    assertThat(store().current().number()).isEqualTo(1);
    assertThat(store().current().text()).isEqualTo(FIRST);
    assertThat(store().history()).hasSize(1);
  }

  @Test
  void change_fromTheCurrent_isTheCurrentWithAllThatWasSaid() {
    var text = "a: \u00C4 \uD83D\uDE80\r\n\tb\n\n";
    var made = store().change(store().current().number(), text, BOB);

    assertThat(made).isEqualTo(new Revision(2, text, NOW, BOB));
    assertThat(store().current()).isEqualTo(made);
    assertThat(store().history()).first().isEqualTo(made);
    assertThat(store().history()).extracting(Revision::number).containsExactly(2L, 1L);
  }

  @Test
  void change_fromAnOlder_isRefusedAndNamesWho() {
    var base = store().current().number();
    store().change(base, "bob: 1\n", BOB);

    assertThatThrownBy(() -> store().change(base, "alice: 1\n", ALICE))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining(
            "bob changed the definition at 12:03 UTC (revision 2) while you edited revision 1")
        .hasMessageContaining("definition-conflict");
    assertThat(store().current().text()).isEqualTo("bob: 1\n");
    assertThat(store().history()).hasSize(2);
  }

  @Test
  void change_ofTheFuture_isRefused() {
    assertThatThrownBy(() -> store().change(7, "a: 1\n", BOB))
        .hasMessageContaining("definition-conflict");
  }

  @Test
  void history_ofMoreThanIsKept_forgetsTheOldest() {
    for (var i = store().current().number(); i <= DefinitionStore.KEPT + 2; i++) {
      store().change(i, "revision: %d\n".formatted(i + 1), ALICE);
    }

    assertThat(store().history()).hasSize(DefinitionStore.KEPT);
    assertThat(store().history().getFirst().number()).isEqualTo(DefinitionStore.KEPT + 3);
    assertThat(store().history().getLast().number()).isEqualTo(4);
  }

  @Test
  void follow_tellsTheCurrentFirstAndThenEachInOrder() throws InterruptedException {
    var told = new LinkedBlockingQueue<Revision>();
    store().follow(told::add);
    var first = told.poll(PATIENCE, TimeUnit.SECONDS);
    assertThat(first).isEqualTo(store().current());

    for (var i = 1L; i <= 3; i++) {
      var made = store().change(i, "a: %d\n".formatted(i), BOB);
      assertThat(told.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo(made);
    }
    assertThat(told).isEmpty();
  }

  @Test
  void follow_byTwo_tellsBoth() throws InterruptedException {
    for (var told :
        List.of(new LinkedBlockingQueue<Revision>(), new LinkedBlockingQueue<Revision>())) {
      store().follow(told::add);
      assertThat(told.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo(store().current());
    }
  }
}
