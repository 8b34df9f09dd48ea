package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Resources;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever is in ~/.ssh, the first login works without a question. */
final class TryKeysIT {
  private static final String DSA = "dev/gatehouse/key/dsa.pub";

  private final TryHome home = new TryHome();

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void start_withoutSshFolder_makesKeyInStateFolder() {
    assertThat(identitiesThatWork()).containsExactly(home.state().resolve("id_ed25519").toString());
  }

  @Test
  void start_withKeyOfAnotherName_usesIt() {
    home.withKey("work laptop");
    assertThat(identitiesThatWork()).containsExactly(inSsh("work laptop"));
  }

  @Test
  void start_withSeveralKeysAndUnusableOnes_usesTheGoodOnes() {
    home.withKey("id_ed25519").withKey("work");
    home.withFile("garbage.pub", "garbage\n").withFile("empty.pub", "");
    home.withFile("old.pub", Folders.read(Resources.file(DSA))).withFile("old", "old\n");
    try (var gateway = home.start()) {
      assertThat(gateway.log())
          .contains("garbage.pub is not used: not an SSH public key")
          .contains("empty.pub is not used: not an SSH public key")
          .contains("old.pub is not used: DSA is too weak");
      assertThat(identities()).containsExactly(inSsh("id_ed25519"), inSsh("work"));
      for (var key : identities()) {
        var only = " -o IdentitiesOnly=yes -F none -o StrictHostKeyChecking=no";
        var options = " -o UserKnownHostsFile=/dev/null -o BatchMode=yes -p " + gateway.port();
        gateway.paste("ssh -i '%s'%s%s 127.0.0.1 true".formatted(key, only, options)).run().ok();
      }
    }
  }

  private List<String> identitiesThatWork() {
    try (var gateway = home.start()) {
      assertThat(gateway.whoami()).containsPattern("administrator\\s+yes");
      return identities();
    }
  }

  private List<String> identities() {
    var config = Folders.read(home.state().resolve("ssh_config"));
    return config
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("IdentityFile"))
        .map(line -> line.substring(line.indexOf('"') + 1, line.length() - 1))
        .toList();
  }

  private String inSsh(String name) {
    return home.home().resolve(".ssh").resolve(name).toString();
  }
}
