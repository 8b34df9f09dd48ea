package dev.gatehouse.testkit;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.Progress;
import dev.gatehouse.workspace.Start;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One sshd as everybody's workspace, whose starts go as the test says: at once, or held until the
 * test lets them go or fail. Whoever asks while one is held joins it.
 */
public final class StagedWorkspaces extends BareWorkspaces {
  private final SshPublicKey userCa;
  private PlainSshd sshd;
  private boolean running;
  private boolean holding;
  private StagedStart current;
  private Optional<Endpoint> leadsTo = Optional.empty();
  private int asked;
  private int begun;
  private Optional<Failure> ending = Optional.empty();
  private Runnable whenAsked = () -> {};
  private final List<BiConsumer<WorkspaceId, Failure>> listeners = new CopyOnWriteArrayList<>();

  private static final class StagedStart implements Start {
    private final CompletableFuture<Endpoint> endpoint = new CompletableFuture<>();
    private final List<Consumer<Progress>> listeners = new ArrayList<>();
    private Progress step;

    @Override
    public CompletionStage<Endpoint> endpoint() {
      return endpoint.minimalCompletionStage();
    }

    @Override
    public synchronized void onProgress(Consumer<Progress> listener) {
      listeners.add(listener);
      if (step != null) {
        listener.accept(step);
      }
    }

    private synchronized void step(String what) {
      step = new Progress(what, Instant.now());
      listeners.forEach(listener -> listener.accept(step));
    }
  }

  public StagedWorkspaces(SshPublicKey userCa) {
    this.userCa = userCa;
    this.sshd = PlainSshd.trusting(userCa, System.getProperty("user.name"));
  }

  /** The workspace itself. */
  public synchronized PlainSshd sshd() {
    return sshd;
  }

  /**
   * From now on it is known to run, or not, before anybody asks for a start; at first it is not.
   */
  public synchronized void run(boolean known) {
    running = known;
  }

  /** From now on this is where workspaces are, and another is no more. */
  public void move() {
    move(PlainSshd.trusting(userCa, System.getProperty("user.name")));
  }

  /** As above; it is inside this network. */
  public void moveInto(PodNetwork network) {
    move(PlainSshd.trusting(userCa, System.getProperty("user.name"), network));
  }

  private synchronized void move(PlainSshd next) {
    var old = sshd;
    sshd = next;
    old.killConnections();
    old.close();
  }

  /** From now on starts wait for the test; the counts begin at zero. */
  public synchronized void hold() {
    holding = true;
    asked = 0;
    begun = 0;
  }

  /** How often a start was asked for. */
  public synchronized int asked() {
    return asked;
  }

  /** How many starts there were, those who joined one not counted. */
  public synchronized int begun() {
    return begun;
  }

  public void awaitAsked(int times) {
    Poll.until(
        () -> times + " starts asked for, not " + asked(), Poll.PATIENCE, () -> asked() >= times);
  }

  /** Says what the held start is doing. */
  public void step(String what) {
    current().step(what);
  }

  /** The held start succeeds, and later ones do so at once. */
  public void letGo() {
    take().endpoint.complete(sshd().endpoint());
  }

  /** The held start ends with this endpoint, whatever is there, and so do later ones. */
  public void letGo(Endpoint endpoint) {
    StagedStart held;
    synchronized (this) {
      held = take();
      leadsTo = Optional.of(endpoint);
    }
    held.endpoint.complete(endpoint);
  }

  /** The held start fails, and later ones succeed at once. */
  public void fail(Failure why) {
    fail(new FailureException(why));
  }

  public void fail(RuntimeException why) {
    take().endpoint.completeExceptionally(why);
  }

  /** Ends what a test may have left held. */
  public void reset() {
    StagedStart left;
    synchronized (this) {
      left = current;
      current = null;
      holding = false;
      leadsTo = Optional.empty();
    }
    if (left != null) {
      left.endpoint.complete(sshd().endpoint());
    }
  }

  /** From now on this is why the workspace ends; empty if it does not. */
  public synchronized void end(Optional<Failure> why) {
    ending = why;
  }

  /** The people in this workspace are told why it ends. */
  public void announce(WorkspaceId id, Failure why) {
    listeners.forEach(listener -> listener.accept(id, why));
  }

  @Override
  public void onEnding(BiConsumer<WorkspaceId, Failure> listener) {
    listeners.add(listener);
  }

  /** Why it ends is known a moment after somebody has asked in vain, and only told, not shown. */
  public synchronized void announceWhenAsked(WorkspaceId id, Failure why) {
    whenAsked = () -> Thread.startVirtualThread(() -> announce(id, why));
  }

  @Override
  public synchronized Optional<Failure> ending(WorkspaceId id) {
    whenAsked.run();
    whenAsked = () -> {};
    return ending;
  }

  @Override
  public synchronized Optional<Endpoint> running(WorkspaceId id) {
    return running ? Optional.of(sshd.endpoint()) : Optional.empty();
  }

  @Override
  public synchronized Start start(WorkspaceSpec spec) {
    asked++;
    if (current != null) {
      return current;
    }
    begun++;
    var start = new StagedStart();
    if (holding) {
      current = start;
    } else {
      start.endpoint.complete(leadsTo.orElseGet(sshd::endpoint));
    }
    return start;
  }

  @Override
  public synchronized void close() {
    sshd.close();
  }

  private synchronized StagedStart current() {
    if (current == null) {
      throw new AssertionError("no start is held");
    }
    return current;
  }

  private synchronized StagedStart take() {
    var taken = current();
    current = null;
    holding = false;
    return taken;
  }
}
