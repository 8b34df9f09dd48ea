package dev.gatehouse.console;

import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.SnapshotName;
import dev.gatehouse.name.Username;
import dev.gatehouse.workspace.HomeSnapshot;
import dev.gatehouse.workspace.HomeSnapshot.Origin;
import dev.gatehouse.workspace.HomeSnapshots;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Snapshots that are ready at once; {@code HomeSnapshotsContract} holds it to the real ones. */
public final class FakeHomeSnapshots implements HomeSnapshots {
  /** What is there, the oldest first. */
  public final List<HomeSnapshot> all = new ArrayList<>();

  /** What the next call ends in. */
  public Optional<FailureException> failure = Optional.empty();

  private final Set<Username> homes;
  private final InstantSource clock;

  FakeHomeSnapshots(Set<Username> homes, InstantSource clock) {
    this.homes = homes;
    this.clock = clock;
  }

  @Override
  public List<HomeSnapshot> of(Username owner) {
    return all.reversed().stream().filter(s -> s.owner().equals(owner)).toList();
  }

  @Override
  public CompletionStage<HomeSnapshot> create(Username owner) {
    return answer(
        () -> {
          requireHome(owner);
          return add(owner, Origin.PERSON);
        });
  }

  private void requireHome(Username owner) {
    if (!homes.contains(owner)) {
      throw new UserError(
          ExitCode.DATAERR,
          "%s has no home yet; the first start of a workspace makes it".formatted(owner));
    }
  }

  private HomeSnapshot add(Username owner, Origin origin) {
    var made =
        new HomeSnapshot(
            new SnapshotName("home-%s-%d".formatted(owner, all.size() + 1)),
            owner,
            clock.instant(),
            Optional.of("20Gi"),
            origin,
            true,
            Optional.empty());
    all.add(made);
    return made;
  }

  @Override
  public CompletionStage<Void> delete(Username owner, SnapshotName name) {
    return answer(
            () -> {
              return all.remove(require(owner, name));
            })
        .thenAccept(_ -> {});
  }

  @Override
  public CompletionStage<String> copy(Person owner, SnapshotName name) {
    return answer(
        () -> {
          requireHome(owner.username());
          return "restored-" + require(owner.username(), name).taken();
        });
  }

  @Override
  public CompletionStage<Optional<HomeSnapshot>> replace(Username owner, SnapshotName name) {
    return answer(
        () -> {
          require(owner, name);
          var kept =
              homes.contains(owner)
                  ? Optional.of(add(owner, Origin.RESTORE))
                  : Optional.<HomeSnapshot>empty();
          homes.add(owner);
          return kept;
        });
  }

  private HomeSnapshot require(Username owner, SnapshotName name) {
    return of(owner).stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    ExitCode.DATAERR,
                    "%s has no snapshot %s; 'gate snapshot list' shows them"
                        .formatted(owner, name)));
  }

  private <T> CompletionStage<T> answer(Supplier<T> what) {
    try {
      if (failure.isPresent()) {
        throw failure.get();
      }
      return CompletableFuture.completedStage(what.get());
    } catch (FailureException | UserError e) {
      return CompletableFuture.failedStage(e);
    }
  }
}
