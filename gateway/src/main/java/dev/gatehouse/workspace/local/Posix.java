package dev.gatehouse.workspace.local;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The few calls of Linux's C library that Java lacks. A negative result becomes a {@link
 * PosixException}; EINTR is retried. A call that blocks pins its carrier: make it on a platform
 * thread.
 */
@SuppressWarnings("restricted") // the native calls are this class's purpose
final class Posix {
  static final int O_RDWR = 2;
  static final int O_NOCTTY = 0x100;
  static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;
  static final int F_GETFL = 3;
  static final int F_SETFL = 4;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

  private static final MethodHandle POLL = function("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle READ =
      function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE =
      function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle KILL = function("kill", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle PIPE2 = function("pipe2", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle EVENTFD = function("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle FCNTL =
      variadic("fcntl", 2, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle IOCTL =
      variadic("ioctl", 2, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
  private static final MethodHandle WAITID =
      function("waitid", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle WAITPID =
      function("waitpid", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle OPENPT = function("posix_openpt", JAVA_INT, JAVA_INT);
  private static final MethodHandle GRANTPT = function("grantpt", JAVA_INT, JAVA_INT);
  private static final MethodHandle UNLOCKPT = function("unlockpt", JAVA_INT, JAVA_INT);
  private static final MethodHandle PTSNAME =
      function("ptsname_r", JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle TCGETATTR = function("tcgetattr", JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle TCSETATTR =
      function("tcsetattr", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);

  private Posix() {}

  static int poll(MemorySegment fds, int count, int timeoutMillis) throws IOException {
    return (int) call("poll", e -> (int) POLL.invokeExact(e, fds, (long) count, timeoutMillis));
  }

  static int read(int fd, MemorySegment buffer) throws IOException {
    return (int) call("read", e -> (long) READ.invokeExact(e, fd, buffer, buffer.byteSize()));
  }

  static int write(int fd, MemorySegment bytes) throws IOException {
    return (int) call("write", e -> (long) WRITE.invokeExact(e, fd, bytes, bytes.byteSize()));
  }

  /** Linux has closed the descriptor even when it answers EINTR, so nothing is retried. */
  static void close(int fd) {
    try (var arena = Arena.ofConfined()) {
      var _ = (int) CLOSE.invokeExact(arena.allocate(STATE), fd);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void kill(int pid, int signal) throws IOException {
    call("kill", e -> (int) KILL.invokeExact(e, pid, signal));
  }

  static void pipe(MemorySegment twoFds) throws IOException {
    call("pipe2", e -> (int) PIPE2.invokeExact(e, twoFds, O_CLOEXEC));
  }

  static int eventfd() throws IOException {
    return (int) call("eventfd", e -> (int) EVENTFD.invokeExact(e, 0, O_CLOEXEC | O_NONBLOCK));
  }

  static void setNonBlocking(int fd) throws IOException {
    var flags = (int) call("fcntl", e -> (int) FCNTL.invokeExact(e, fd, F_GETFL, 0));
    call("fcntl", e -> (int) FCNTL.invokeExact(e, fd, F_SETFL, flags | O_NONBLOCK));
  }

  static void ioctl(int fd, long request, MemorySegment argument) throws IOException {
    call("ioctl", e -> (int) IOCTL.invokeExact(e, fd, request, argument));
  }

  /** Blocks until the child has ended, and leaves it to be reaped. */
  static void awaitEnd(int pid, MemorySegment siginfo) throws IOException {
    final var pPid = 1;
    final var exitedLeaveIt = 4 | 0x01000000;
    call("waitid", e -> (int) WAITID.invokeExact(e, pPid, pid, siginfo, exitedLeaveIt));
  }

  static void waitpid(int pid, MemorySegment status) throws IOException {
    call("waitpid", e -> (int) WAITPID.invokeExact(e, pid, status, 0));
  }

  static int openPtyMaster() throws IOException {
    return (int)
        call("posix_openpt", e -> (int) OPENPT.invokeExact(e, O_RDWR | O_NOCTTY | O_CLOEXEC));
  }

  static String unlockedSlaveName(int master) throws IOException {
    call("grantpt", e -> (int) GRANTPT.invokeExact(e, master));
    call("unlockpt", e -> (int) UNLOCKPT.invokeExact(e, master));
    try (var arena = Arena.ofConfined()) {
      var name = arena.allocate(256);
      call("ptsname_r", e -> -(int) PTSNAME.invokeExact(e, master, name, name.byteSize()));
      return name.getString(0);
    }
  }

  static void tcgetattr(int fd, MemorySegment termios) throws IOException {
    call("tcgetattr", e -> (int) TCGETATTR.invokeExact(e, fd, termios));
  }

  static void tcsetattr(int fd, MemorySegment termios) throws IOException {
    call("tcsetattr", e -> (int) TCSETATTR.invokeExact(e, fd, 0, termios));
  }

  /** A call that may fail with errno; its first argument is where errno goes. */
  private interface Call {
    long run(MemorySegment errno) throws Throwable;
  }

  private static long call(String name, Call call) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(STATE);
      while (true) {
        var result = call.run(state);
        if (result >= 0) {
          return result;
        }
        var errno = (int) ERRNO.get(state, 0L);
        if (errno != PosixException.EINTR) {
          throw new PosixException(name, errno);
        }
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... args) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, args),
        Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle variadic(
      String name, int fixed, MemoryLayout result, MemoryLayout... args) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, args),
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(fixed));
  }

  private static AssertionError unexpected(Throwable e) {
    return new AssertionError("a native call does not throw", e);
  }
}
