package dev.gatehouse.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableFileTest {
  @TempDir Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void replace_absentFile_makesAPrivateOne() throws IOException {
    var file = new DurableFile(folder.resolve("state"));
    file.replace(bytes("one"));
    assertThat(file.path()).hasContent("one");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
  }

  @Test
  void replace_file_isANewFileNotARewrittenOne() throws IOException {
    var file = new DurableFile(folder.resolve("state"));
    file.replace(bytes("one"));
    try (var reader = Files.newInputStream(file.path())) {
      file.replace(bytes("two"));
      assertThat(reader.readAllBytes()).isEqualTo(bytes("one"));
    }
    assertThat(file.path()).hasContent("two");
  }

  @Test
  void replace_whereAFolderStands_failsAndLeavesNothingBehind() throws IOException {
    var file = new DurableFile(folder.resolve("state"));
    Files.createDirectories(file.path().resolve("full"));
    assertThatThrownBy(() -> file.replace(bytes("one"))).isInstanceOf(IOException.class);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file.path());
    }
  }

  @Test
  void replace_folderIsGone_fails() {
    var file = new DurableFile(folder.resolve("none/state"));
    assertThatThrownBy(() -> file.replace(bytes("one"))).isInstanceOf(IOException.class);
  }

  @Test
  void removeLeftovers_ofThisFileOnly_areRemoved() throws IOException {
    var leftover = Files.createFile(folder.resolve(".state.123.tmp"));
    var other = Files.createFile(folder.resolve(".other.123.tmp"));
    new DurableFile(folder.resolve("state")).removeLeftovers();
    assertThat(leftover).doesNotExist();
    assertThat(other).exists();
  }
}
