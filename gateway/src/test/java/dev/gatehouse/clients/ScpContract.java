package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Program;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scp}, over SFTP as it is today ({@code -s}) and in its old protocol ({@code -O}). */
abstract class ScpContract {
  @ParameterizedTest
  @ValueSource(strings = {"-s", "-O"})
  void scp_folderThereAndBack_isUnchanged(String protocol, Laptop laptop) {
    var local = Tree.make(laptop.home().resolve("tree"), 30);
    var there = scp(laptop, protocol, "-rp", local.toString(), HOST + ":" + laptop.remote()).run();
    assertThat(there.ok().stderr()).isEmpty();
    assertThat(Tree.read(laptop.remote().resolve("tree"))).isEqualTo(Tree.read(local));
    var back = laptop.home().resolve("back");
    scp(laptop, protocol, "-rp", HOST + ":" + laptop.remote() + "/tree", back.toString())
        .run()
        .ok();
    assertThat(Tree.read(back)).isEqualTo(Tree.read(local));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-s", "-O"})
  void scp_largeFileThereAndBack_isUnchanged(String protocol, Laptop laptop) throws Exception {
    var local = laptop.home().resolve("large");
    Files.write(local, OpenSshExecContract.allByteValues(20_000_000));
    scp(laptop, protocol, local.toString(), HOST + ":" + laptop.remote()).run().ok();
    assertThat(laptop.remote().resolve("large")).hasSameBinaryContentAs(local);
    var back = laptop.home().resolve("back");
    scp(laptop, protocol, HOST + ":" + laptop.remote() + "/large", back.toString()).run().ok();
    assertThat(back).hasSameBinaryContentAs(local);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-s", "-O"})
  void scp_missingFile_exits1AndSaysSo(String protocol, Laptop laptop) {
    var result = scp(laptop, protocol, HOST + ":" + laptop.remote() + "/none", "here").run();
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.stderr()).contains("/none: No such file or directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-s", "-O"})
  void scp_pattern_isExpandedRemotely(String protocol, Laptop laptop) {
    Tree.make(laptop.remote(), 7);
    var here = laptop.home().toString();
    scp(laptop, protocol, HOST + ":" + laptop.remote() + "/d[12]/*", here).run().ok();
    assertThat(laptop.home()).isDirectoryContaining("glob:**/file 1 ü");
    assertThat(laptop.home()).isDirectoryNotContaining("glob:**/file 3 ü");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-s", "-O"})
  void scp_fromRemoteToRemote_goesThroughTheLaptop(String protocol, Laptop laptop) {
    Tree.write(laptop.remote().resolve("a"), "content");
    var from = HOST + ":" + laptop.remote() + "/a";
    scp(laptop, protocol, "-3", from, HOST + ":" + laptop.remote() + "/b").run().ok();
    assertThat(laptop.remote().resolve("b")).hasContent("content");
  }

  private static Program scp(Laptop laptop, String... arguments) {
    return laptop.program("scp", "-q", "-F", laptop.config().toString()).and(arguments);
  }
}
