package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Result;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
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

  /**
   * Whatever a client offers, as OpenSSH does: later versions mean other things by the same words.
   */
  @Test
  void version_clientOffersSix_isThree(Laptop laptop) {
    var client = laptop.start(laptop.openssh("-s", HOST, "sftp").typed());
    client.type("\0\0\0\5\1\0\0\0\6");
    Poll.until("an answer", () -> client.stdoutSoFar().length >= 9);
    var answer = ByteBuffer.wrap(client.stdoutSoFar());
    assertThat(answer.get(4)).as("SSH_FXP_VERSION").isEqualTo((byte) 2);
    assertThat(answer.getInt(5)).isEqualTo(3);
  }

  @Test
  void sftp_setsSpecialModeBits_theyAreKept(Laptop laptop) throws Exception {
    Files.writeString(laptop.home().resolve("a"), "content");
    sftp(laptop, "put a uid", "put a gid", "mkdir d", "chmod 4755 uid", "chmod 2755 gid").ok();
    sftp(laptop, "chmod 1777 d").ok();
    assertThat(mode(laptop.remote().resolve("uid"))).isEqualTo("4755");
    assertThat(mode(laptop.remote().resolve("gid"))).isEqualTo("2755");
    assertThat(mode(laptop.remote().resolve("d"))).isEqualTo("1777");
    assertThat(sftp(laptop, "ls -l").ok().stdout())
        .containsPattern("-rwsr-xr-x.* uid")
        .containsPattern("-rwxr-sr-x.* gid")
        .containsPattern("drwxrwxrwt.* d");
  }

  @Test
  void sftp_listsSpecialFiles_showsTheirTypes(Laptop laptop) throws Exception {
    laptop.program("mkfifo", laptop.remote().resolve("fifo").toString()).run().ok();
    try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(laptop.remote().resolve("socket")));
    }
    var listed = sftp(laptop, "ls -l", "ls -ln").ok();
    assertThat(listed.stdout())
        .containsPattern("\\np\\S+ .* fifo\\s")
        .containsPattern("\\ns\\S+ .* socket\\s");
    assertThat(listed.stderr()).isEmpty();
  }

  @Test
  void sftp_copiesRemotely_theCopyIsTheSame(Laptop laptop) {
    Tree.write(laptop.remote().resolve("a"), "content");
    sftp(laptop, "cp a b").ok();
    assertThat(laptop.remote().resolve("b")).hasContent("content");
  }

  @Test
  void sftp_asksForFreeSpace_isTold(Laptop laptop) throws Exception {
    var kib = Files.getFileStore(laptop.remote()).getTotalSpace() / 1024;
    assertThat(sftp(laptop, "df").ok().stdout()).contains("%Capacity").contains(" " + kib + " ");
  }

  /** The umask of the other side counts, as for whoever makes it there. */
  @Test
  void sftp_makesFolder_isNotOpenToAll(Laptop laptop) throws Exception {
    sftp(laptop, "mkdir d").ok();
    assertThat(mode(laptop.remote().resolve("d"))).matches("2?7[0-7][0145]");
  }

  @Test
  void lftp_makesSymlink_pointsAsAsked(Laptop laptop) throws Exception {
    Programs.require("lftp", "lftp");
    var connect = "set sftp:connect-program 'ssh -a -x -F " + laptop.config() + "'; ";
    var open = "open -u " + laptop.target().login() + ",none sftp://" + HOST + "; ";
    laptop
        .program("lftp", "--norc", "-c")
        .and(connect + open + "cd " + laptop.remote() + " && ln -s to link")
        .run()
        .ok();
    assertThat(Files.readSymbolicLink(laptop.remote().resolve("link"))).isEqualTo(Path.of("to"));
  }

  private static String mode(Path file) throws IOException {
    return Integer.toOctalString((int) Files.getAttribute(file, "unix:mode") & 07777);
  }

  private static Result sftp(Laptop laptop, String... commands) {
    return laptop
        .program("sftp", "-b", "-", "-F", laptop.config().toString())
        .and(HOST + ":" + laptop.remote())
        .run(String.join("\n", commands) + "\n");
  }
}
