package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is in the state folder is what a start begins with. */
final class TryAgainIT {
  private static final List<String> KEYS =
      List.of("ssh_host_ed25519_key", "ssh_host_rsa_key", "user_ca_key", "id_ed25519");

  private final TryHome home = new TryHome();

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void secondStart_onSameFolder_findsAllAsItWas() {
    String workspaceKey;
    Map<String, List<String>> hostKeys;
    String me;
    try (var first = home.start()) {
      first.ssh("'echo mine > kept'").run().ok();
      me = first.whoami();
      hostKeys = Map.of("rsa", first.awaitRsaHostKey(), "ed25519", first.hostKey("ed25519"));
      first.signal("TERM");
      first.await();
      workspaceKey = workspaceKey();
    }
    var keys = KEYS.stream().map(this::read).toList();

    try (var second = home.start()) {
      var kept = second.ssh("cat kept").run().ok();
      assertThat(kept.stdout()).isEqualTo("mine\n");
      // A start that takes a second says so.
      assertThat(kept.stderr().lines())
          .allMatch(line -> line.startsWith("gatehouse: starting workspace main"));
      assertThat(second.whoami()).isEqualTo(me);
      assertThat(second.hostKey("rsa")).isEqualTo(hostKeys.get("rsa")).hasSize(1);
      assertThat(second.hostKey("ed25519")).isEqualTo(hostKeys.get("ed25519")).hasSize(1);
      assertThat(KEYS.stream().map(this::read)).isEqualTo(keys);
      assertThat(workspaceKey()).isEqualTo(workspaceKey);
      assertThat(second.log()).doesNotContain("directory.ldif from");
    }
  }

  @Test
  void secondStart_ofPersonWhoWasChanged_leavesTheChange() {
    try (var first = home.start()) {
      first.signal("TERM");
      first.await();
    }
    var me = "uid=" + System.getProperty("user.name") + ",";
    var admins = read("directory.ldif").split("(?=dn: cn=gatehouse-admins)", -1);
    assertThat(admins).hasSize(2);
    var changed =
        (admins[0] + admins[1].replaceFirst("member: " + me, "member: uid=alice,"))
            .replace("displayName: Alice", "displayName: Alice the Admin");
    Folders.write(home.state().resolve("directory.ldif"), changed);

    try (var second = home.start()) {
      assertThat(second.whoami()).containsPattern("administrator\\s+no");
      assertThat(read("directory.ldif")).isEqualTo(changed);
    }
  }

  @Test
  void start_whileRsaKeyWasBeingMade_makesItAnew() {
    try (var first = home.start()) {
      first.signal("KILL");
      first.await();
    }
    Folders.write(home.state().resolve(".ssh_host_rsa_key.123.tmp"), "half of a key");
    try (var second = home.start()) {
      second.awaitRsaHostKey();
      assertThat(home.stateNames()).noneMatch(name -> name.endsWith(".tmp"));
      for (var key : KEYS) {
        var file = home.state().resolve(key).toString();
        home.program("ssh-keygen", "-y", "-P", "", "-f", file).run().ok();
      }
      second.ssh("true").run().ok();
    }
  }

  private String workspaceKey() {
    return read("workspaces/" + System.getProperty("user.name") + "/main/host_key");
  }

  private String read(String name) {
    return Folders.read(home.state().resolve(name));
  }
}
