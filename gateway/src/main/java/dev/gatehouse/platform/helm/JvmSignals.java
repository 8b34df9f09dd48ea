package dev.gatehouse.platform.helm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this process does on the signals that end it, so that it can be put back. Helm's Go code
 * asks for them ({@code signal.Notify}), never gives them back, and tells nobody: the JVM would
 * ignore SIGTERM and Ctrl-C from the first render on, its shutdown hooks would not run, and
 * Kubernetes would kill the pod.
 */
@SuppressWarnings("restricted") // the native calls are this class's purpose
final class JvmSignals {
  private static final int SIGINT = 2;
  private static final int SIGQUIT = 3;
  private static final int SIGTERM = 15;

  /** {@code struct sigaction} of Linux's C libraries has 152 bytes. */
  private static final long SIZE = 256;

  private static final MethodHandle SIGACTION =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("sigaction"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

  private final Map<Integer, MemorySegment> actions;

  private JvmSignals(Map<Integer, MemorySegment> actions) {
    this.actions = actions;
  }

  /** Asks what is in force now. */
  static JvmSignals current() {
    var actions = new LinkedHashMap<Integer, MemorySegment>();
    for (var signal : new int[] {SIGINT, SIGQUIT, SIGTERM}) {
      var action = Arena.ofAuto().allocate(SIZE, Long.BYTES);
      sigaction(signal, MemorySegment.NULL, action);
      actions.put(signal, action);
    }
    return new JvmSignals(actions);
  }

  void restore() {
    actions.forEach((signal, action) -> sigaction(signal, action, MemorySegment.NULL));
  }

  private static void sigaction(int signal, MemorySegment wanted, MemorySegment before) {
    try {
      if ((int) SIGACTION.invokeExact(signal, wanted, before) != 0) {
        throw new IllegalStateException("sigaction of signal " + signal + " failed");
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a native call does not throw", e);
    }
  }
}
