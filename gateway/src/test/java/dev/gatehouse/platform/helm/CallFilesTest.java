package dev.gatehouse.platform.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

final class CallFilesTest {
  @Test
  void write_isOpenToNobodyElse_andGoneAfterTheCall() throws IOException {
    var files = new CallFiles();
    try (files) {
      var file = files.write("kubeconfig", "secret");
      assertThat(Files.readString(file)).isEqualTo("secret");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.folder())))
          .isEqualTo("rwx------");
    }
    assertThat(files.folder()).doesNotExist();
  }
}
