package dev.gatehouse.testkit.kubernetes;

import dev.gatehouse.testkit.BuiltImage;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An image with the programs of this machine, which the kubelet mounts into its containers. */
final class MachineImage implements AutoCloseable {
  static final String NAME = "this-machine";
  static final List<Path> FOLDERS = List.of(Path.of("/usr"));

  private final Path root = Folders.temporary();

  MachineImage() {
    try {
      for (var name : List.of("dev", "home", "proc", "run", "sys", "usr", "var")) {
        Files.createDirectory(root.resolve(name));
      }
      for (var name : List.of("bin", "lib", "lib64", "sbin")) {
        Files.createSymbolicLink(root.resolve(name), Path.of("usr", name));
      }
      root.toFile().setExecutable(true, false);
      root.toFile().setReadable(true, false);
      var tmp = Files.createDirectory(root.resolve("tmp"));
      Files.setAttribute(tmp, "unix:mode", 01777);
      Program.in(root, List.of("cp", "-a", "/etc", "etc")).run().ok();
      // A repository that a test makes is root's, and the sessions are not.
      Files.writeString(root.resolve("etc/gitconfig"), "[safe]\n\tdirectory = *\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  BuiltImage image() {
    return BuiltImage.plain(root);
  }

  @Override
  public void close() {
    Folders.delete(root);
  }
}
