package dev.gatehouse.workspace.local;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import java.lang.foreign.Linker;

/** What local workspaces need of the machine; asked before the native classes are loaded. */
final class Requirements {
  /** The youngest of the calls that {@link Spawner} makes: glibc 2.34. */
  private static final String YOUNGEST_CALL = "posix_spawn_file_actions_addclosefrom_np";

  private Requirements() {}

  /**
   * @throws FailureException unavailable, if this machine cannot run local workspaces
   */
  static void check() {
    var linux = System.getProperty("os.name").equals("Linux");
    if (!linux || Linker.nativeLinker().defaultLookup().find(YOUNGEST_CALL).isEmpty()) {
      throw new FailureException(
          new Failure.Unavailable(
              "local-unsupported", "local workspaces need Linux with glibc 2.34 or newer"));
    }
  }
}
