package dev.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.name.Username;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** config/people.ldif, which everybody starts with. */
final class SeedTest {
  @TempDir Path folder;

  @Test
  void open_theDefaultSeed_letsNobodyIn() {
    try (var embedded = TestDirectories.open(folder)) {
      for (var name : new String[] {"alice", "bob"}) {
        assertThat(embedded.directory().person(new Username(name)))
            .isInstanceOfSatisfying(
                PersonLookup.Found.class,
                found -> {
                  assertThat(found.person().publicKeys()).isEmpty();
                  assertThat(found.person().groups()).isNotEmpty();
                  assertThat(found.person().uidNumber()).isGreaterThanOrEqualTo(10000);
                });
      }
    }
  }

  @Test
  void open_withoutState_makesAPrivateFile() throws IOException {
    TestDirectories.open(folder).close();
    assertThat(Files.getPosixFilePermissions(TestDirectories.state(folder))).hasSize(2);
    assertThat(Files.readString(TestDirectories.state(folder)))
        .startsWith("# Written by the gateway");
  }
}
