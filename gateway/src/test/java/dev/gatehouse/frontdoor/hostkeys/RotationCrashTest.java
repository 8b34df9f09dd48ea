package dev.gatehouse.frontdoor.hostkeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cluster.AlgorithmProfile;
import dev.gatehouse.console.HostKeyring.HostKey;
import dev.gatehouse.console.HostKeyring.State;
import dev.gatehouse.file.SharedFolder;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.testkit.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway dies between any two changes of the disk while host keys are rotated or retired. If
 * one key were new then and the other old, a client that waited for the announcement could meet a
 * key that it was never told; if a key that was made later passed for one of those to be put in
 * place, all clients would.
 */
final class RotationCrashTest {
  private static final String ED25519 = "ssh_host_ed25519_key";
  private static final String RSA = "ssh_host_rsa_key";
  private static final int MANY = 100;

  @TempDir Path folder;
  private List<SshPublicKey> old;
  private List<SshPublicKey> next;

  /** Lets so many changes of the disk pass, and no more. */
  private static final class Death implements Runnable {
    private final int after;
    private int changes;

    Death(int after) {
      this.after = after;
    }

    @Override
    public void run() {
      if (changes++ == after) {
        throw new IllegalStateException("dead");
      }
    }
  }

  @BeforeEach
  void makeKeys() {
    var keys = TestHostKeys.open(folder);
    old = keys.announced();
    TestHostKeys.rotate(folder, keys);
    next = publicKeys(keys, State.NEXT);
    Folders.write(folder.resolve(ED25519 + "-cert.pub"), "old");
    Folders.write(folder.resolve(ED25519 + ".next-cert.pub"), "new");
  }

  @Test
  void retire_diesAnywhere_allKeysAreOldOrAllAreNewAfterwards() {
    var deaths = 0;
    for (var died = true; died; deaths++) {
      var copy = copy();
      died = !retires(copy, deaths);
      var keys = open(copy, MANY);
      if (deaths == 0) {
        assertThat(publicKeys(keys, State.CURRENT)).isEqualTo(old);
        assertThat(publicKeys(keys, State.NEXT)).isEqualTo(next);
        keys.retire();
      }
      assertThat(publicKeys(keys, State.CURRENT)).as("death %d", deaths).isEqualTo(next);
      assertThat(publicKeys(keys, State.NEXT)).isEmpty();
      assertThat(TestHostKeys.names(copy)).containsExactly(ED25519, ED25519 + "-cert.pub", RSA);
      assertThat(copy.resolve(ED25519 + "-cert.pub")).hasContent("new");
    }
    // The word, three renames, the word's removal; and once nobody died.
    assertThat(deaths).isEqualTo(6);
  }

  @Test
  void rotate_diesAnywhere_anotherFinishesIt() {
    for (var deaths = 0; deaths <= 2; deaths++) {
      var copy = copy();
      Folders.delete(copy.resolve(ED25519 + ".next"));
      var keys = open(copy, deaths);
      if (deaths == 0) {
        assertThatThrownBy(keys::rotate).hasMessage("dead");
      } else {
        keys.rotate();
      }
      var again = open(copy, MANY);
      again.rotate();
      assertThat(publicKeys(again, State.CURRENT)).isEqualTo(old);
      assertThat(publicKeys(again, State.NEXT)).hasSize(2).contains(next.getLast());
    }
  }

  @Test
  void rotate_afterARetirementThatFailed_finishesThatFirst() {
    var keys = open(folder, 2);
    assertThatThrownBy(keys::retire).hasMessage("dead");
    assertThat(publicKeys(keys, State.CURRENT)).as("clients see no mixture").isEqualTo(old);
    TestHostKeys.make(folder, RSA + ".unrelated");
    keys = open(folder, MANY);
    TestHostKeys.rotate(folder, keys);
    assertThat(publicKeys(keys, State.CURRENT)).isEqualTo(next);
    assertThat(publicKeys(keys, State.NEXT)).hasSize(2).doesNotContainAnyElementsOf(next);
  }

  private static boolean retires(Path folder, int changes) {
    var keys = open(folder, changes);
    try {
      keys.retire();
      return true;
    } catch (IllegalStateException dead) {
      return false;
    }
  }

  private static HostKeys open(Path folder, int changes) {
    return new HostKeys(
        new KeyFolder(folder, new Death(changes)),
        SharedFolder.alone(folder),
        AlgorithmProfile.MODERN,
        InstantSource.system());
  }

  private Path copy() {
    var copy = folder.resolve("copy");
    try {
      if (Files.exists(copy)) {
        Folders.delete(copy);
      }
      Files.createDirectory(copy);
      for (var name : TestHostKeys.names(folder)) {
        if (Files.isRegularFile(folder.resolve(name))) {
          Files.copy(folder.resolve(name), copy.resolve(name));
        }
      }
      return copy;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<SshPublicKey> publicKeys(HostKeys keys, State state) {
    return keys.all().stream().filter(key -> key.state() == state).map(HostKey::key).toList();
  }
}
