package dev.gatehouse.workspace.local;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * posix_spawn(3). {@link ProcessBuilder} will not do: it cannot make a session leader, cannot give
 * a controlling terminal, and its reaper takes the wait status, of which it passes on only 128 + n.
 */
@SuppressWarnings("restricted") // the native calls are this class's purpose
final class Spawner {
  private static final int SETSIGDEF = 0x04;
  private static final int SETSIGMASK = 0x08;
  private static final int SETSID = 0x80;
  private static final int SIGSET_SIZE = 128;

  /** More than any C library's posix_spawn_file_actions_t or posix_spawnattr_t takes. */
  private static final int OPAQUE_SIZE = 1024;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle SPAWN =
      function("posix_spawn", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle ACTIONS_INIT =
      function("posix_spawn_file_actions_init", ADDRESS);
  private static final MethodHandle ACTIONS_DESTROY =
      function("posix_spawn_file_actions_destroy", ADDRESS);
  private static final MethodHandle ADD_OPEN =
      function("posix_spawn_file_actions_addopen", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle ADD_DUP2 =
      function("posix_spawn_file_actions_adddup2", ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle ADD_CHDIR =
      function("posix_spawn_file_actions_addchdir_np", ADDRESS, ADDRESS);
  private static final MethodHandle ADD_CLOSE_FROM =
      function("posix_spawn_file_actions_addclosefrom_np", ADDRESS, JAVA_INT);
  private static final MethodHandle ATTR_INIT = function("posix_spawnattr_init", ADDRESS);
  private static final MethodHandle ATTR_DESTROY = function("posix_spawnattr_destroy", ADDRESS);
  private static final MethodHandle SET_FLAGS =
      function("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT);
  private static final MethodHandle SET_DEFAULT =
      function("posix_spawnattr_setsigdefault", ADDRESS, ADDRESS);
  private static final MethodHandle SET_MASK =
      function("posix_spawnattr_setsigmask", ADDRESS, ADDRESS);

  private Spawner() {}

  /** Starts a process as the leader of a session of its own and returns its number. */
  static int spawn(Launch launch, Stdio stdio) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var actions = arena.allocate(OPAQUE_SIZE, 16);
      var attributes = arena.allocate(OPAQUE_SIZE, 16);
      check("posix_spawn_file_actions_init", () -> (int) ACTIONS_INIT.invokeExact(actions));
      check("posix_spawnattr_init", () -> (int) ATTR_INIT.invokeExact(attributes));
      try {
        describe(arena, actions, launch, stdio);
        isolate(arena, attributes);
        var pid = arena.allocate(JAVA_INT);
        var path = arena.allocateFrom(launch.program().toString());
        var argv = strings(arena, launch.arguments());
        var envp = strings(arena, launch.environmentLines());
        check(
            "starting " + launch.program(),
            () -> (int) SPAWN.invokeExact(pid, path, actions, attributes, argv, envp));
        return pid.get(JAVA_INT, 0);
      } finally {
        check("posix_spawn_file_actions_destroy", () -> (int) ACTIONS_DESTROY.invokeExact(actions));
        check("posix_spawnattr_destroy", () -> (int) ATTR_DESTROY.invokeExact(attributes));
      }
    }
  }

  private static void describe(Arena arena, MemorySegment actions, Launch launch, Stdio stdio)
      throws IOException {
    switch (stdio) {
      case Stdio.Terminal terminal -> {
        // Opened by the leader of a new session, it becomes the controlling terminal.
        var slave = arena.allocateFrom(terminal.pty().slave());
        check("addopen", () -> (int) ADD_OPEN.invokeExact(actions, 0, slave, Posix.O_RDWR, 0));
        duplicate(actions, 0, 1);
        duplicate(actions, 0, 2);
      }
      case Stdio.Pipes pipes -> {
        for (var stream = 0; stream < 3; stream++) {
          duplicate(actions, pipes.theirs().get(stream), stream);
        }
      }
    }
    // Java does not mark its files close-on-exec: without this the process would hold our sockets.
    check("addclosefrom", () -> (int) ADD_CLOSE_FROM.invokeExact(actions, 3));
    var directory = arena.allocateFrom(launch.directory().toString());
    check("addchdir", () -> (int) ADD_CHDIR.invokeExact(actions, directory));
  }

  private static void duplicate(MemorySegment actions, int from, int to) throws IOException {
    check("adddup2", () -> (int) ADD_DUP2.invokeExact(actions, from, to));
  }

  /** A session of its own, and none of the JVM's signal settings. */
  private static void isolate(Arena arena, MemorySegment attributes) throws IOException {
    var all = arena.allocate(SIGSET_SIZE, 8).fill((byte) 0xff);
    var none = arena.allocate(SIGSET_SIZE, 8);
    check("setsigdefault", () -> (int) SET_DEFAULT.invokeExact(attributes, all));
    check("setsigmask", () -> (int) SET_MASK.invokeExact(attributes, none));
    final var flags = (short) (SETSIGDEF | SETSIGMASK | SETSID);
    check("setflags", () -> (int) SET_FLAGS.invokeExact(attributes, flags));
  }

  private static MemorySegment strings(Arena arena, List<byte[]> values) {
    var array = arena.allocate(ADDRESS, values.size() + 1L);
    for (var i = 0; i < values.size(); i++) {
      var value = values.get(i);
      var string = arena.allocate(value.length + 1L); // zeroed, so it ends in a zero byte
      MemorySegment.copy(value, 0, string, JAVA_BYTE, 0, value.length);
      array.setAtIndex(ADDRESS, i, string);
    }
    return array;
  }

  private interface Call {
    int run() throws Throwable;
  }

  /** This family of calls returns the error number. */
  private static void check(String what, Call call) throws IOException {
    int error;
    try {
      error = call.run();
    } catch (Throwable e) {
      throw new AssertionError("a native call does not throw", e);
    }
    if (error != 0) {
      throw new PosixException(what, error);
    }
  }

  private static MethodHandle function(String name, MemoryLayout... args) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, args));
  }
}
