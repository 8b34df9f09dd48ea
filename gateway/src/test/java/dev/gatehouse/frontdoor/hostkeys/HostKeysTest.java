package dev.gatehouse.frontdoor.hostkeys;

import static dev.gatehouse.cluster.AlgorithmProfile.FIPS;
import static dev.gatehouse.cluster.AlgorithmProfile.MODERN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.cluster.AlgorithmProfile;
import dev.gatehouse.console.HostKeyring.HostKey;
import dev.gatehouse.console.HostKeyring.State;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.SharedFolder;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.interfaces.RSAPublicKey;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostKeysTest {
  @TempDir Path folder;

  @Test
  void open_emptyFolder_hasEd25519AtOnceAndRsaSoonAndBothAgainLater() {
    var made = open(MODERN);
    assertThat(types(made)).startsWith("ssh-ed25519");
    Poll.until("the RSA key is made", () -> types(made).size() == 2);
    var read = open(MODERN);
    assertThat(read.all()).isEqualTo(made.all());
    assertThat(types(read)).containsExactly("ssh-ed25519", "ssh-rsa");
    assertThat(read.preferred()).isEqualTo(made.preferred());
    assertThat(rsaBits(read)).isEqualTo(4096);
    assertThat(TestHostKeys.names(folder))
        .containsExactly("ssh_host_ed25519_key", "ssh_host_rsa_key");
  }

  @Test
  void open_fips_hasBothAtOnceAndNoEd25519() {
    var keys = open(FIPS);
    assertThat(types(keys)).containsExactly("ecdsa-sha2-nistp384", "ssh-rsa");
    assertThat(rsaBits(keys)).isEqualTo(4096);
    assertThat(TestHostKeys.names(folder))
        .containsExactly("ssh_host_ecdsa_key", "ssh_host_rsa_key");
  }

  @Test
  void open_madeKeys_arePrivateAndReadBySshKeygen() throws IOException {
    TestHostKeys.make(folder, "ssh_host_rsa_key");
    var keys = open(FIPS);
    for (var key : keys.all()) {
      var file = folder.resolve(fileOf(key.key()));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(Folders.read(file)).startsWith("-----BEGIN OPENSSH PRIVATE KEY-----\n");
      var shown = Program.in(folder, List.of("ssh-keygen", "-y", "-f", file.toString())).run().ok();
      assertThat(SshPublicKey.parse(shown.stdout())).isEqualTo(key.key());
    }
  }

  @Test
  void open_fileHoldsAnotherTypeOfKey_saysWhichFileAndWhatToDo() {
    KeyFile.open(folder.resolve("ssh_host_rsa_key"), KeyFile::generateEd25519);
    assertThatThrownBy(() -> open(MODERN))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder
                + "/ssh_host_rsa_key: holds a key of type ssh-ed25519; put one of type ssh-rsa"
                + " there, or remove the file and a new one is made");
  }

  @Test
  void rotate_keysAreThere_makesANextOneOfEachAndUsesTheOldOnes() {
    var keys = TestHostKeys.open(folder);
    var before = keys.all();
    TestHostKeys.rotate(folder, keys);
    assertThat(current(keys)).isEqualTo(before);
    assertThat(next(keys))
        .extracting(key -> key.key().type())
        .containsExactly("ssh-ed25519", "ssh-rsa");
    assertThat(keys.announced()).hasSize(4).doesNotHaveDuplicates();
    assertThat(types(keys)).containsExactly("ssh-ed25519", "ssh-rsa");
    assertThat(TestHostKeys.open(folder).all()).isEqualTo(keys.all());
  }

  @Test
  void rotate_nextOnesAreThere_keepsThem() {
    var keys = TestHostKeys.open(folder);
    TestHostKeys.rotate(folder, keys);
    var before = keys.all();
    keys.rotate();
    assertThat(keys.all()).isEqualTo(before);
  }

  @Test
  void rotate_folderIsGone_isRefusedAndTheKeysAreStillUsed() {
    var keys = TestHostKeys.open(folder);
    var before = keys.all();
    Folders.delete(folder);
    var refusal = catchThrowableOfType(FailureException.class, keys::rotate);
    assertThat(refusal.failure().code()).isEqualTo("host-keys-not-saved");
    assertThat(keys.all()).isEqualTo(before);
    assertThat(types(keys)).hasSize(2);
  }

  @Test
  void rotate_fileOfACurrentKeyIsGone_isRefusedAndTheKeysAreStillUsed() throws IOException {
    var keys = TestHostKeys.open(folder);
    var before = keys.all();
    Files.delete(folder.resolve("ssh_host_ed25519_key"));
    TestHostKeys.make(folder, "ssh_host_rsa_key.next");
    assertThatThrownBy(keys::rotate)
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("the files of current ones are gone");
    assertThat(keys.all()).isEqualTo(before);
  }

  @Test
  void retire_nextOnesAreThere_theyAreCurrentAndTheOldOnesAreGone() {
    var keys = TestHostKeys.open(folder);
    var old = keys.all();
    TestHostKeys.rotate(folder, keys);
    var next = next(keys);
    keys.retire();
    assertThat(publicKeys(current(keys))).isEqualTo(publicKeys(next));
    assertThat(next(keys)).isEmpty();
    assertThat(TestHostKeys.names(folder))
        .containsExactly("ssh_host_ed25519_key", "ssh_host_rsa_key");
    assertThat(TestHostKeys.open(folder).all()).isEqualTo(keys.all());
    assertThat(keys.announced()).doesNotContainAnyElementsOf(publicKeys(old));
  }

  @Test
  void retire_nothingIsNext_isRefused() {
    var keys = TestHostKeys.open(folder);
    var before = keys.all();
    assertThatThrownBy(keys::retire)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("there is no next host key");
    assertThat(keys.all()).isEqualTo(before);
  }

  private HostKeys open(AlgorithmProfile profile) {
    return HostKeys.open(SharedFolder.alone(folder), profile, InstantSource.system());
  }

  private static List<HostKey> current(HostKeys keys) {
    return keys.all().stream().filter(key -> key.state() == State.CURRENT).toList();
  }

  private static List<HostKey> next(HostKeys keys) {
    return keys.all().stream().filter(key -> key.state() == State.NEXT).toList();
  }

  private static List<SshPublicKey> publicKeys(List<HostKey> keys) {
    return keys.stream().map(HostKey::key).toList();
  }

  private static List<String> types(HostKeys keys) {
    return TestHostKeys.pairs(keys).stream().map(pair -> KeyFile.publicKey(pair).type()).toList();
  }

  private static int rsaBits(HostKeys keys) {
    return ((RSAPublicKey) TestHostKeys.pairs(keys).get(1).getPublic()).getModulus().bitLength();
  }

  private static String fileOf(SshPublicKey key) {
    return key.type().equals("ssh-rsa") ? "ssh_host_rsa_key" : "ssh_host_ecdsa_key";
  }
}
