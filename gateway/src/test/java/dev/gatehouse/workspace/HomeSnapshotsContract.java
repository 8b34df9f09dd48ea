package dev.gatehouse.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.SnapshotName;
import dev.gatehouse.name.Username;
import dev.gatehouse.workspace.HomeSnapshot.Origin;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link HomeSnapshots} does; alice has a home, and bob has none. */
public abstract class HomeSnapshotsContract {
  private static final Username ALICE = new Username("alice");
  private static final Username BOB = new Username("bob");
  private static final SnapshotName UNKNOWN = new SnapshotName("home-alice-0");

  protected abstract HomeSnapshots snapshots();

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Test
  final void of_nobodyHasMadeOne_isEmpty() {
    assertThat(snapshots().of(ALICE)).isEmpty();
  }

  @Test
  final void create_aHome_isReadyAndListed() {
    var made = await(snapshots().create(ALICE));
    assertThat(made.ready()).isTrue();
    assertThat(made.owner()).isEqualTo(ALICE);
    assertThat(made.origin()).isEqualTo(Origin.PERSON);
    assertThat(snapshots().of(ALICE)).containsExactly(made);
    assertThat(snapshots().of(BOB)).isEmpty();
  }

  @Test
  final void create_noHome_saysWhenItComes() {
    assertThatThrownBy(() -> await(snapshots().create(BOB)))
        .rootCause()
        .isInstanceOf(UserError.class)
        .hasMessage("bob has no home yet; the first start of a workspace makes it");
  }

  @Test
  final void delete_anOwn_isGone() {
    var made = await(snapshots().create(ALICE));
    await(snapshots().delete(ALICE, made.name()));
    assertThat(snapshots().of(ALICE)).isEmpty();
  }

  @Test
  final void delete_anothers_isNotFound() {
    var made = await(snapshots().create(ALICE));
    assertThatThrownBy(() -> await(snapshots().delete(BOB, made.name())))
        .rootCause()
        .isInstanceOf(UserError.class)
        .hasMessage(
            "bob has no snapshot %s; 'gate snapshot list' shows them".formatted(made.name()));
    assertThat(snapshots().of(ALICE)).containsExactly(made);
  }

  @Test
  final void replace_unknown_isRefused() {
    assertThatThrownBy(() -> await(snapshots().replace(ALICE, UNKNOWN)))
        .rootCause()
        .isInstanceOf(UserError.class);
  }

  @Test
  final void replace_aHome_keepsWhatItWas() {
    var made = await(snapshots().create(ALICE));
    var kept = await(snapshots().replace(ALICE, made.name()));
    assertThat(kept).map(HomeSnapshot::origin).isEqualTo(Optional.of(Origin.RESTORE));
    assertThat(snapshots().of(ALICE)).containsExactlyInAnyOrder(made, kept.orElseThrow());
  }
}
