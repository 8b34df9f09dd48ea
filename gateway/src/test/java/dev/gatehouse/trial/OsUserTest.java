package dev.gatehouse.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.install.PrivateFolder;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OsUserTest {
  @TempDir private Path folder;
  private Path ssh;
  private PrivateFolder state;

  @BeforeEach
  void makeFolders() throws IOException {
    ssh = Files.createDirectory(folder.resolve(".ssh"));
    state = PrivateFolder.open(Optional.of(folder.resolve("state")));
  }

  @Test
  void keys_inSshFolder_areAllUsedAndNamed() {
    var first = key("id_ed25519");
    var second = key("work");
    var user = find("tess");
    assertThat(user.keys()).containsExactly(first, second);
    assertThat(user.identities()).containsExactly(ssh.resolve("id_ed25519"), ssh.resolve("work"));
    assertThat(state.path()).isEmptyDirectory();
  }

  @Test
  void keys_withoutSshFolder_areOneMadeHere() throws IOException {
    Files.delete(ssh);
    var user = find("tess");
    assertThat(user.identities()).containsExactly(state.file("id_ed25519"));
    assertThat(user.keys()).hasSize(1);
    assertThat(find("tess")).isEqualTo(user);
  }

  /** The private half may be in an agent or on a token that is not here now. */
  @Test
  void keys_withoutPrivateHalf_areUsedBesideOneMadeHere() {
    var token = resource("ed25519.pub");
    Folders.write(ssh.resolve("token.pub"), token);
    var user = find("tess");
    assertThat(user.keys()).hasSize(2).contains(SshPublicKey.parse(token));
    assertThat(user.identities()).containsExactly(state.file("id_ed25519"));
  }

  @Test
  void keys_unusable_areLeftOut() throws IOException {
    Folders.write(ssh.resolve("id_dsa.pub"), resource("dsa.pub"));
    Folders.write(ssh.resolve("id_dsa"), "dsa");
    Folders.write(ssh.resolve("empty.pub"), "");
    Folders.write(ssh.resolve("large.pub"), "x".repeat(1 << 20));
    Folders.write(ssh.resolve("binary.pub"), "\u0000\u00ff");
    Files.createDirectory(ssh.resolve("folder.pub"));
    Files.createSymbolicLink(ssh.resolve("nowhere.pub"), ssh.resolve("gone"));
    var user = find("tess");
    assertThat(user.keys()).hasSize(1);
    assertThat(user.identities()).containsExactly(state.file("id_ed25519"));
  }

  @ParameterizedTest
  @CsvSource({"tess, tess", "Tess, utess", "CORP\\Tess O'Neill, ucorp-tess-o-neill", "1st, u1st"})
  void username_ofAnyAccount_isOneHere(String account, String username) {
    assertThat(find(account).username().value()).isEqualTo(username);
  }

  private OsUser find(String name) {
    return OsUser.find(name, ssh, state);
  }

  private SshPublicKey key(String name) {
    var key = KeyFile.publicKey(KeyFile.openEd25519(ssh.resolve(name)));
    Folders.write(ssh.resolve(name + ".pub"), key.line() + " a comment\n");
    return key;
  }

  private static String resource(String name) {
    return Folders.read(Resources.file("dev/gatehouse/key/" + name));
  }
}
