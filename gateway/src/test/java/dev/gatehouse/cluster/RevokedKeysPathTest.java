package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose list of revoked keys is not where it should be does not start without it. */
final class RevokedKeysPathTest {
  @TempDir private Path folder;
  private Path list;

  @BeforeEach
  void makeList() throws IOException {
    list = Files.createFile(folder.resolve("revoked"));
  }

  private ClusterDefinition load(String path) throws IOException {
    var file = folder.resolve("cluster.yaml");
    return ClusterDefinitionFile.load(
        Files.writeString(file, "login:\n  revokedKeys: '%s'\n".formatted(path)));
  }

  @Test
  void load_relativePath_beginsInTheFolderOfTheDefinition() throws IOException {
    assertThat(load("./revoked").login().revokedKeys()).contains(list);
  }

  @Test
  void load_absolutePath_isTaken() throws IOException {
    assertThat(load(list.toString()).login().revokedKeys()).contains(list);
  }

  @Test
  void load_noSuchFile_isToldWithItsPlace() {
    assertThatThrownBy(() -> load("revokt"))
        .hasMessage(
            "%s:2:16: login.revokedKeys names %s, which does not exist",
            folder.resolve("cluster.yaml"), folder.resolve("revokt"));
  }

  @Test
  void load_folder_isRefused() {
    assertThatThrownBy(() -> load(".")).hasMessageEndingWith(folder + ", which is not a file");
  }

  @Test
  void load_device_isRefused() {
    assertThatThrownBy(() -> load("/dev/zero"))
        .hasMessageEndingWith("names /dev/zero, which is not a file");
  }

  @Test
  void load_unreadableFile_isRefused() throws IOException {
    Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(list), "root reads everything");
    assertThatThrownBy(() -> load("revoked"))
        .hasMessageEndingWith("which may not be read by this user");
  }
}
