package dev.gatehouse.workspace.local;

import dev.gatehouse.workspace.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the processes of one run of a workspace and can end them all, those that detached
 * themselves too.
 *
 * <p>A process that made a session of its own and whose parent has ended is no longer anybody's
 * descendant. So each carries a random mark in its environment, which its children inherit. Only
 * what carries the mark, or descends from something that does, is ever signalled.
 */
final class ProcessTrees {
  private static final Logger log = LoggerFactory.getLogger(ProcessTrees.class);
  private static final String MARK = "GATEHOUSE_RUN";
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration KILL_WAIT = Duration.ofSeconds(3);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final String mark = UUID.randomUUID().toString();
  private final Set<Child> children = new HashSet<>();
  private boolean ended;

  /** Starts a process; refused once {@link #end} was called. */
  synchronized Child start(Launch launch, Stdio stdio) throws IOException {
    if (ended) {
      throw new IOException("the workspace is stopping");
    }
    var environment = new HashMap<>(launch.environment());
    environment.put(MARK, mark);
    var child =
        Child.start(
            new Launch(launch.program(), launch.arguments(), environment, launch.directory()),
            stdio);
    children.add(child);
    var _ = child.exit().whenComplete((_, _) -> forget(child));
    return child;
  }

  private synchronized void forget(Child child) {
    children.remove(child);
  }

  /** Blocks until every process has ended: politely first, then not. */
  void end() {
    synchronized (this) {
      ended = true;
    }
    signalLeaders(Signals.HUP);
    signalLeaders(Signals.TERM);
    signalLeaders(Signals.CONT);
    living().forEach(ProcessHandle::destroy);
    if (!awaitEnd(GRACE)) {
      signalLeaders(Signals.KILL);
      living().forEach(ProcessHandle::destroyForcibly);
      if (!awaitEnd(KILL_WAIT)) {
        log.warn("[local-processes-left] {} did not end when killed", living());
      }
    }
  }

  /** Blocks while it is measured. */
  Usage usage() {
    return ProcessUsage.of(living());
  }

  private void signalLeaders(int signal) {
    List<Child> leaders;
    synchronized (this) {
      leaders = List.copyOf(children);
    }
    for (var leader : leaders) {
      try {
        leader.signal(signal);
      } catch (IOException e) {
        log.debug("process {} cannot be signalled", leader.pid(), e);
      }
    }
  }

  private boolean awaitEnd(Duration limit) {
    var deadline = System.nanoTime() + limit.toNanos();
    while (!allReaped() || !living().isEmpty()) {
      if (System.nanoTime() > deadline || !pause()) {
        return false;
      }
    }
    return true;
  }

  /** A process that is ending has no environment any more, and so no mark, for a moment. */
  private synchronized boolean allReaped() {
    return children.isEmpty();
  }

  private static boolean pause() {
    try {
      Thread.sleep(LOOK_EVERY);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A handle remembers when its process began, so a number that was given away is not hit. */
  private Set<ProcessHandle> living() {
    var living = new HashSet<ProcessHandle>();
    for (var process : ownProcesses()) {
      if (carriesMark(process)) {
        living.add(process);
        process.descendants().forEach(living::add);
      }
    }
    return living;
  }

  private static List<ProcessHandle> ownProcesses() {
    var self = ProcessHandle.current();
    var others = new ArrayList<ProcessHandle>();
    ProcessHandle.allProcesses().filter(p -> !p.equals(self)).forEach(others::add);
    return others;
  }

  private boolean carriesMark(ProcessHandle process) {
    try {
      var environment = Files.readAllBytes(Path.of("/proc", "" + process.pid(), "environ"));
      return new String(environment, StandardCharsets.ISO_8859_1).contains(MARK + "=" + mark);
    } catch (IOException e) {
      return false; // it has ended, or is another user's
    }
  }
}
