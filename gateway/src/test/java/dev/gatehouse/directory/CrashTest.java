package dev.gatehouse.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.key.TestKeys;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway is killed with SIGKILL in the middle of its changes. */
final class CrashTest {
  private static final Username ME = new Username("me");
  private static final int ROUNDS = 3;

  @TempDir Path folder;

  /** The child: adds one key after the other and says so when each is acknowledged. */
  static final class Writer {
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
      try (var embedded = TestDirectories.open(Path.of(args[0]))) {
        for (var i = Integer.parseInt(args[1]); i < 256; i++) {
          embedded.ensurePerson(
              ME, "Me", List.of(TestKeys.ed25519(i)), new GroupName("gatehouse-admins"));
          System.out.println(i);
        }
      }
    }
  }

  @Test
  void kill_whileChanging_losesNothingAcknowledged() throws IOException, InterruptedException {
    var next = 0;
    for (var round = 0; round < ROUNDS; round++) {
      next = writeAndKill(next, 15 + round);
      try (var embedded = TestDirectories.open(folder)) {
        var keys = ((PersonLookup.Found) embedded.directory().person(ME)).person().publicKeys();
        assertThat(keys).containsAll(keys(next));
      }
      try (var files = Files.list(folder)) {
        assertThat(files.map(f -> f.getFileName().toString()))
            .as("no temporary file stays")
            .containsExactlyInAnyOrder("directory.ldif", "directory.ldif.lock");
      }
    }
  }

  private static List<SshPublicKey> keys(int count) {
    return IntStream.range(0, count).mapToObj(TestKeys::ed25519).toList();
  }

  /** Returns the number of the first change that was not acknowledged. */
  private int writeAndKill(int first, int changes) throws IOException, InterruptedException {
    var child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-XX:TieredStopAtLevel=1",
                Writer.class.getName(),
                folder.toString(),
                Integer.toString(first))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var out = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      var next = first;
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        if (line.matches("[0-9]+")) {
          next = Integer.parseInt(line) + 1;
        }
        if (next == first + changes) {
          child.toHandle().destroyForcibly(); // of the Process, it would close the stream
        }
      }
      assertThat(next).as("the child has made changes").isGreaterThan(first);
      return next;
    } finally {
      child.destroyForcibly().waitFor();
    }
  }
}
