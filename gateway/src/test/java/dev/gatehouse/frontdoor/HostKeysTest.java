package dev.gatehouse.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.key.KeyFile;
import dev.gatehouse.testkit.Poll;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostKeysTest {
  @Test
  void open_emptyFolder_hasEd25519AtOnceAndRsaSoonAndBothAgainLater(@TempDir Path folder) {
    var made = HostKeys.open(folder);
    assertThat(types(made)).startsWith("ssh-ed25519");
    Poll.until("the RSA key is made", () -> types(made).size() == 2);
    var read = HostKeys.open(folder);
    assertThat(types(read)).isEqualTo(types(made)).containsExactly("ssh-ed25519", "ssh-rsa");
    assertThat(read.ed25519()).isEqualTo(made.ed25519());
    var rsa = pairs(read).get(1).getPublic();
    assertThat(((RSAPublicKey) rsa).getModulus().bitLength()).isEqualTo(4096);
    assertThat(folder.resolve("ssh_host_rsa_key.new")).doesNotExist();
    assertThat(Files.exists(folder.resolve("ssh_host_rsa_key"))).isTrue();
  }

  private static List<String> types(HostKeys keys) {
    return pairs(keys).stream().map(pair -> KeyFile.publicKey(pair).type()).toList();
  }

  private static List<KeyPair> pairs(HostKeys keys) {
    var pairs = new ArrayList<KeyPair>();
    keys.loadKeys(null).forEach(pairs::add);
    return pairs;
  }
}
