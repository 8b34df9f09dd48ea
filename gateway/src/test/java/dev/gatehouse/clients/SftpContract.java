package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** {@code sftp} with a batch of commands. */
abstract class SftpContract {
  private static final byte[] LARGE = OpenSshExecContract.allByteValues(20_000_000);

  @Test
  void sftp_putAndGet_isUnchanged(Laptop laptop) throws Exception {
    Files.write(laptop.home().resolve("large"), LARGE);
    sftp(laptop, "put large", "get large back").ok();
    assertThat(laptop.remote().resolve("large")).hasBinaryContent(LARGE);
    assertThat(laptop.home().resolve("back")).hasBinaryContent(LARGE);
  }

  @Test
  void sftp_putAndGetFolder_isUnchanged(Laptop laptop) {
    var local = Tree.make(laptop.home().resolve("tree"), 40);
    sftp(laptop, "put -r tree", "get -r tree back").ok();
    assertThat(Tree.read(laptop.remote().resolve("tree"))).isEqualTo(Tree.read(local));
    assertThat(Tree.read(laptop.home().resolve("back"))).isEqualTo(Tree.read(local));
  }

  @Test
  void sftp_resumesUploadAndDownload_completesBoth(Laptop laptop) throws Exception {
    var half = Arrays.copyOf(LARGE, LARGE.length / 2);
    Files.write(laptop.home().resolve("up"), LARGE);
    Files.write(laptop.remote().resolve("up"), half);
    Files.write(laptop.remote().resolve("down"), LARGE);
    Files.write(laptop.home().resolve("down"), half);
    sftp(laptop, "reput up", "reget down").ok();
    assertThat(laptop.remote().resolve("up")).hasBinaryContent(LARGE);
    assertThat(laptop.home().resolve("down")).hasBinaryContent(LARGE);
  }

  @Test
  void sftp_changesNamesModesAndLinks_theyChange(Laptop laptop) throws Exception {
    Files.writeString(laptop.home().resolve("a"), "content");
    sftp(
            laptop,
            "mkdir d",
            "put a d/a",
            "rename d/a d/b",
            "chmod 640 d/b",
            "symlink b d/s",
            "ln d/b d/h")
        .ok();
    var folder = laptop.remote().resolve("d");
    assertThat(folder.resolve("a")).doesNotExist();
    assertThat(folder.resolve("b")).hasContent("content");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("b"))))
        .isEqualTo("rw-r-----");
    assertThat(Files.readSymbolicLink(folder.resolve("s"))).isEqualTo(Path.of("b"));
    assertThat(folder.resolve("h")).hasContent("content");
    sftp(laptop, "rm d/*", "rmdir d").ok();
    assertThat(folder).doesNotExist();
  }

  @Test
  void sftp_lists_showsModesAndNames(Laptop laptop) {
    Tree.write(laptop.remote().resolve("one"), "1234567");
    var listed = sftp(laptop, "ls -l").ok().stdout();
    assertThat(listed).containsPattern("-rw\\S+ .* 7 .* one");
  }

  @Test
  void sftp_missingFile_exits1AndSaysSo(Laptop laptop) {
    var result = sftp(laptop, "get none");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.stderr()).contains("not found");
  }

  @Test
  void sftp_startsInTheHomeFolder(Laptop laptop) {
    var result =
        laptop.program("sftp", "-b", "-", "-F", laptop.config().toString(), HOST).run("pwd\n");
    assertThat(result.ok().stdout()).contains("directory: " + laptop.target().home() + "\n");
  }

  private static Result sftp(Laptop laptop, String... commands) {
    return laptop
        .program("sftp", "-b", "-", "-F", laptop.config().toString())
        .and(HOST + ":" + laptop.remote())
        .run(String.join("\n", commands) + "\n");
  }
}
