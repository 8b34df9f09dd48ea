package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code sshfs}: the remote home as a folder of the laptop. */
abstract class SshfsContract {
  @Test
  void sshfs_filesAreReadWrittenAndRenamed_bothSidesSeeTheSame(Laptop laptop) throws Exception {
    Tree.make(laptop.remote(), 50);
    var mounted = mount(laptop);
    assertThat(Tree.read(mounted)).isEqualTo(Tree.read(laptop.remote()));

    var bytes = OpenSshExecContract.allByteValues(10_000_000);
    Files.write(mounted.resolve("large"), bytes);
    Files.move(mounted.resolve("large"), mounted.resolve("renamed"));
    assertThat(laptop.remote().resolve("renamed")).hasBinaryContent(bytes);
    assertThat(mounted.resolve("renamed")).hasBinaryContent(bytes);
    Files.delete(mounted.resolve("renamed"));
    assertThat(laptop.remote().resolve("renamed")).doesNotExist();
  }

  private static Path mount(Laptop laptop) throws Exception {
    Programs.skipUnless(
        Files.isWritable(Path.of("/dev/fuse")),
        "/dev/fuse cannot be opened",
        "a machine and user that may use FUSE");
    Programs.require("sshfs", "sshfs");
    var folder = Files.createDirectory(laptop.home().resolve("mounted"));
    var config = laptop.config().toString();
    var source = HOST + ":" + laptop.remote();
    laptop.start(laptop.program("sshfs", "-f", "-F", config, source, folder.toString()));
    // Before the client is ended: a mount whose server died blocks whoever looks into it.
    laptop.keep(() -> laptop.program("fusermount3", "-uz", folder.toString()).run());
    Poll.until("the folder is mounted", () -> Files.exists(folder.resolve("d0")));
    return folder;
  }
}
