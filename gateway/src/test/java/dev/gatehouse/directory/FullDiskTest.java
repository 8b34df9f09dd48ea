package dev.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.directory.embedded.EmbeddedDirectory;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.key.TestKeys;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import dev.gatehouse.testkit.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real file system of 64 KiB, which only root can mount. */
final class FullDiskTest {
  private static final Username ME = new Username("me");

  @TempDir Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
    Programs.skipUnless(mounted, "a small tmpfs can be mounted by root only", "sudo bash .ci/run");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      run("umount", disk.toString());
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }

  @Test
  void change_diskIsFull_isRefusedAndNothingIsLost() throws IOException {
    var state = TestDirectories.state(disk);
    try (var embedded = TestDirectories.open(disk)) {
      var before = ensure(embedded, TestKeys.ed25519(1));
      var saved = Files.readAllBytes(state);
      var filler = fill();

      var error =
          catchThrowableOfType(FailureException.class, () -> ensure(embedded, TestKeys.ed25519(2)));
      assertThat(error.failure().line())
          .isEqualTo(
              "the change could not be saved: No space left on device (directory-not-saved)");
      assertThat(state).hasBinaryContent(saved);
      assertThat(embedded.directory().person(ME)).isEqualTo(new PersonLookup.Found(before));
      try (var files = Files.list(disk)) {
        assertThat(files.map(f -> f.getFileName().toString()))
            .containsExactlyInAnyOrder("directory.ldif", "directory.ldif.lock", "filler");
      }

      Files.delete(filler);
      assertThat(ensure(embedded, TestKeys.ed25519(2)).publicKeys()).hasSize(2);
    }
  }

  private static Person ensure(EmbeddedDirectory embedded, SshPublicKey key) {
    return embedded.ensurePerson(ME, "Me", List.of(key), new GroupName("gatehouse-admins"));
  }

  private Path fill() {
    var filler = disk.resolve("filler");
    try (var out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(new byte[1024]);
      }
    } catch (IOException e) {
      return filler; // full
    }
  }
}
