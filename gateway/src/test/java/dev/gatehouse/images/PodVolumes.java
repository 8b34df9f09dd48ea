package dev.gatehouse.images;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Keys;
import dev.gatehouse.testkit.Runc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The volumes of a workspace's pod, owned as a kubelet has them owned where {@code fsGroup} is the
 * person's group, and what opens the workspace from outside.
 */
final class PodVolumes implements AutoCloseable {
  static final String USER = "ada";
  static final int UID = 23001;
  static final int GID = 23000;

  /** A second group of the person's. */
  static final int GPU = 23010;

  /** Somebody else. */
  static final int BOB = 23002;

  private static final int GROUP_READS = 0440;
  private static final int GROUP_WRITES = 02775;
  private static final int ALL_WRITE = 02777;
  private static final int ALL_READ_AND_WRITE = 0666;

  private final Path folder = Folders.temporary();

  PodVolumes() {
    Runc.require();
    Keys.generate(folder, "ca");
    Keys.generate(folder, "id");
    Keys.certify(folder.resolve("ca"), folder.resolve("id.pub"), USER);
    makeFolder("gate", ALL_WRITE);
    makeFolder(
        "gate/run", ALL_WRITE); // as the kubelet makes it, for an image that holds the toolbox
    makeFolder("volume", GROUP_WRITES);
    makeFolder("identity", GROUP_WRITES);
    makeFolder("people", GROUP_WRITES);
    makeIdentity();
    set(Folders.write(terminationLog(), ""), "unix:mode", ALL_READ_AND_WRITE);
    Folders.write(hosts(), "127.0.0.1\tlocalhost\n::1\tlocalhost\n");
    people(
        """
        ada:x:23001:23000:Ada "the \\first" L. & co:/home/elsewhere:/no/such/shell
        bob:x:23002:23000:Bob:/home/bob:/bin/sh
        """);
    Folders.write(
        people().resolve("group"),
        """
        research:x:23000:ada,bob
        gpu:x:23010:ada
        """);
  }

  Path gate() {
    return folder.resolve("gate");
  }

  /** The volume that the home is in. */
  Path volume() {
    return folder.resolve("volume");
  }

  /** There once the workspace has been prepared. */
  Path home() {
    return volume().resolve(".gatehouse-home");
  }

  Path identity() {
    return folder.resolve("identity");
  }

  /** The directory's people, as the gateway writes them for all workspaces. */
  Path people() {
    return folder.resolve("people");
  }

  /** The kubelet tells the API server what a container has written here. */
  Path terminationLog() {
    return folder.resolve("termination-log");
  }

  String lastWords() {
    return Folders.read(terminationLog());
  }

  /** As the next pod has it. */
  void emptyGate() {
    Folders.delete(gate());
    makeFolder("gate", ALL_WRITE);
  }

  /** What a kubelet mounts into every container. */
  Path hosts() {
    return folder.resolve("hosts");
  }

  /** Changes who there is. */
  void people(String passwd) {
    Folders.write(people().resolve("passwd"), passwd);
  }

  /** The private key whose certificate, beside it, opens the workspace. */
  Path key() {
    return folder.resolve("id");
  }

  /** Makes a file in the root of the volume that belongs to somebody. */
  void write(String name, String text, int owner) {
    var file = Folders.write(volume().resolve(name), text);
    set(file, "unix:uid", owner);
    set(file, "unix:gid", GID);
  }

  /** What a client must know about the workspace at an address. */
  Path knownHosts(String address, int port) {
    var hostKey = Folders.read(identity().resolve("ssh_host_ed25519_key.pub"));
    return Folders.write(
        folder.resolve("known_hosts"), "[%s]:%d %s".formatted(address, port, hostKey));
  }

  @Override
  public void close() {
    Folders.delete(folder);
  }

  private void makeIdentity() {
    var key = Keys.generate(identity(), "ssh_host_ed25519_key");
    Folders.write(identity().resolve("user_ca.pub"), Folders.read(folder.resolve("ca.pub")));
    set(key, "unix:gid", GID);
    set(key, "unix:mode", GROUP_READS);
  }

  private void makeFolder(String name, int mode) {
    try {
      var made = Files.createDirectory(folder.resolve(name));
      set(made, "unix:gid", GID);
      set(made, "unix:mode", mode);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void set(Path file, String attribute, int value) {
    try {
      Files.setAttribute(file, attribute, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
