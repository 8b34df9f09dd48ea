package dev.gatehouse.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a container is to be, in the terms of a pod's manifest. It has no capabilities and can gain
 * none, whatever stands here.
 *
 * @param image the root, which is shared: what the container writes there is its own
 * @param args the program and its arguments
 * @param environment all of its environment
 * @param cwd its working folder
 * @param groups supplementary groups
 * @param mounts in the order in which they are made
 * @param readOnlyRoot whether it may write to mounts only
 * @param network the network namespace to be in, such as {@code /run/netns/NAME}; without one it
 *     gets its own, which has no interface that is up
 * @param hostname what it calls itself
 */
public record ContainerSpec(
    Path image,
    List<String> args,
    Map<String, String> environment,
    String cwd,
    int uid,
    int gid,
    List<Integer> groups,
    List<Mount> mounts,
    boolean readOnlyRoot,
    Optional<Path> network,
    String hostname) {

  public ContainerSpec {
    args = List.copyOf(args);
    environment = Map.copyOf(environment);
    groups = List.copyOf(groups);
    mounts = List.copyOf(mounts);
  }

  /** What is to be done with a file or folder of the host, or a file system of its own. */
  public sealed interface Mount {
    String target();

    /** A file or folder of the host. */
    record Bind(Path source, String target, boolean readOnly) implements Mount {}

    /** An empty folder in memory that everybody may write to. */
    record Tmpfs(String target) implements Mount {}
  }

  /** What the image says: its program, environment, working folder and user. */
  public static ContainerSpec of(BuiltImage image) {
    return new ContainerSpec(
        image.rootfs(),
        image.args(),
        image.environment(),
        image.cwd(),
        image.uid(),
        image.gid(),
        List.of(),
        List.of(),
        false,
        Optional.empty(),
        "container");
  }

  public ContainerSpec running(String... args) {
    return running(List.of(args));
  }

  public ContainerSpec running(List<String> args) {
    return new ContainerSpec(
        image, args, environment, cwd, uid, gid, groups, mounts, readOnlyRoot, network, hostname);
  }

  /** Adds a variable, or gives it another value. */
  public ContainerSpec with(String variable, String value) {
    var all = new TreeMap<>(environment);
    all.put(variable, value);
    return new ContainerSpec(
        image, args, all, cwd, uid, gid, groups, mounts, readOnlyRoot, network, hostname);
  }

  public ContainerSpec in(String cwd) {
    return new ContainerSpec(
        image, args, environment, cwd, uid, gid, groups, mounts, readOnlyRoot, network, hostname);
  }

  public ContainerSpec as(int uid, int gid, List<Integer> groups) {
    return new ContainerSpec(
        image, args, environment, cwd, uid, gid, groups, mounts, readOnlyRoot, network, hostname);
  }

  /** Shows it a file or folder of the host. */
  public ContainerSpec mounting(Path source, String target, boolean readOnly) {
    return mounting(new Mount.Bind(source, target, readOnly));
  }

  public ContainerSpec mounting(Mount mount) {
    var all = new ArrayList<>(mounts);
    all.add(mount);
    return new ContainerSpec(
        image, args, environment, cwd, uid, gid, groups, all, readOnlyRoot, network, hostname);
  }

  public ContainerSpec withReadOnlyRoot() {
    return new ContainerSpec(
        image, args, environment, cwd, uid, gid, groups, mounts, true, network, hostname);
  }

  public ContainerSpec joining(Path network) {
    return new ContainerSpec(
        image,
        args,
        environment,
        cwd,
        uid,
        gid,
        groups,
        mounts,
        readOnlyRoot,
        Optional.of(network),
        hostname);
  }

  public ContainerSpec named(String hostname) {
    return new ContainerSpec(
        image, args, environment, cwd, uid, gid, groups, mounts, readOnlyRoot, network, hostname);
  }
}
