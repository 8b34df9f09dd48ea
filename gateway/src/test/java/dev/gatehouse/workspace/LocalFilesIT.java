package dev.gatehouse.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Programs;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** File transfer with a local workspace. */
class LocalFilesIT extends LocalWorkspaceDriver {

  @Test
  void sftp_relativeAndAbsolutePaths_areTheRealOnes() throws Exception {
    Programs.require("sftp", "openssh-client");
    Files.writeString(client.file("local"), "content");
    var command = new ArrayList<>(List.of("sftp"));
    command.addAll(client.options(endpoint));
    command.addAll(List.of("-b", "-", "alice@workspace"));
    var batch = "pwd\nput local there\nget " + home + "/there back\nmkdir d\nls -1\n";

    var result = client.run(command, bytes(batch), Map.of());

    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("Remote working directory: " + home, "there");
    assertThat(home.resolve("there")).hasContent("content");
    assertThat(client.file("back")).hasContent("content");
  }

  @Test
  void sftp_symlinks_areMadeFollowedAndTold() throws Exception {
    Programs.require("sftp", "openssh-client");
    Files.writeString(home.resolve("file"), "content");
    var command = new ArrayList<>(List.of("sftp"));
    command.addAll(client.options(endpoint));
    command.addAll(List.of("-b", "-", "alice@workspace"));
    var batch = "ln -s file link\nln -s /nowhere/at/all broken\nget link back\nls -l\nrm broken\n";

    var result = client.run(command, bytes(batch), Map.of());

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(Files.readSymbolicLink(home.resolve("link"))).hasToString("file");
    assertThat(client.file("back")).hasContent("content");
    assertThat(result.out()).containsPattern("lrwxrwxrwx.* broken").containsPattern("l.* link");
    assertThat(Files.exists(home.resolve("broken"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void scp_bothWays_copiesAndEndsWithZero() throws Exception {
    Programs.require("scp", "openssh-client");
    Files.writeString(client.file("local"), "content");

    for (var flags : List.of(List.of("-s"), List.of("-O"))) {
      assertThat(scp(flags, "local", "alice@workspace:up" + flags.getFirst())).isZero();
      assertThat(scp(flags, "alice@workspace:up" + flags.getFirst(), "down")).isZero();
      assertThat(client.file("down")).hasContent("content");
    }
  }
}
