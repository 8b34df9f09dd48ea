package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Result;
import java.nio.file.Files;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code rsync}, which talks in both directions at once. */
abstract class RsyncContract {
  @Test
  void rsync_manySmallFilesThereAndBack_areMirrored(Laptop laptop) throws Exception {
    var local = Tree.make(laptop.home().resolve("local"), 500);
    var there = HOST + ":" + laptop.remote() + "/copy/";
    rsync(laptop, local + "/", there).ok();
    assertThat(Tree.read(laptop.remote().resolve("copy"))).isEqualTo(Tree.read(local));

    Files.delete(local.resolve("d0").resolve("file 0 ü"));
    Tree.write(local.resolve("d1").resolve("file 1 ü"), "changed");
    rsync(laptop, local + "/", there).ok();
    assertThat(Tree.read(laptop.remote().resolve("copy"))).isEqualTo(Tree.read(local));

    var back = Tree.make(laptop.home().resolve("back"), 3);
    Tree.write(back.resolve("stale"), "to be deleted");
    rsync(laptop, there, back + "/").ok();
    assertThat(Tree.read(back)).isEqualTo(Tree.read(local));
  }

  @Test
  void rsync_changeInLargeFile_onlyTheChangeIsSent(Laptop laptop) throws Exception {
    var bytes = new byte[20_000_000];
    new Random(1).nextBytes(bytes);
    Files.write(laptop.remote().resolve("large"), bytes);
    bytes[10_000_000]++;
    Files.write(laptop.home().resolve("large"), bytes);
    var result = rsync(laptop, "--stats", "-I", "large", HOST + ":" + laptop.remote()).ok();
    assertThat(laptop.remote().resolve("large")).hasBinaryContent(bytes);
    assertThat(result.stdout()).containsPattern("Matched data: 19,9\\d\\d,\\d\\d\\d bytes");
  }

  @Test
  void rsync_missingSource_exits23(Laptop laptop) {
    var result = rsync(laptop, HOST + ":" + laptop.remote() + "/none", "here");
    assertThat(result.exit()).isEqualTo(23);
    assertThat(result.stderr()).contains("No such file or directory");
  }

  private static Result rsync(Laptop laptop, String... arguments) {
    Programs.require("rsync", "rsync");
    return laptop
        .program("rsync", "-a", "--delete", "-e", laptop.sshCommand())
        .and(arguments)
        .run();
  }
}
