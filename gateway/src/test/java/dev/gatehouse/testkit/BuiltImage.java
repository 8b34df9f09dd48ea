package dev.gatehouse.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An image, unpacked.
 *
 * @param rootfs its files; not to be written to
 * @param args its entrypoint and command
 * @param environment its {@code ENV}
 * @param cwd its {@code WORKDIR}
 * @param stopSignal what it wants to be ended with
 * @param packedBytes what a registry would send of it; 0 if nobody has measured it
 */
public record BuiltImage(
    Path rootfs,
    List<String> args,
    Map<String, String> environment,
    String cwd,
    int uid,
    int gid,
    String stopSignal,
    long packedBytes) {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  public BuiltImage {
    args = List.copyOf(args);
    environment = Map.copyOf(environment);
  }

  /** An image of a base system, which says nothing but the usual PATH. */
  public static BuiltImage plain(Path rootfs) {
    return new BuiltImage(rootfs, List.of(), Map.of("PATH", PATH), "/", 0, 0, "SIGTERM", 0);
  }
}
