package dev.gatehouse.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Result;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The attack (CVE-2024-45337 and its kin): a client may offer any public key before it signs with
 * one. A server that remembers whose key it was asked about last lets mallory in as alice. Here
 * both the name and the key that counts are those of the signature.
 */
class KeyOfferConfusionIT {
  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway = StagedGateway.start("gateway: {port: 0}", People.of("alice", "mallory"));
            return gateway;
          });

  @Test
  void victimsKeyIsOfferedFirst_ownKeySigns_isOneself(Laptop laptop) throws IOException {
    try (var log = gateway.logged()) {
      var result = login(laptop, "mallory", onlyPublic(laptop, "alice"), key("mallory"));
      assertThat(result.ok().stdout()).contains("user\tmallory\n");
      assertThat(log.all())
          .filteredOn(line -> line.startsWith("[login]"))
          .singleElement()
          .asString()
          .contains("mallory", fingerprintLine("mallory"))
          .doesNotContain("alice");
    }
  }

  @Test
  void victimsNameAndKeyAreOffered_ownKeySigns_isRefused(Laptop laptop) throws IOException {
    try (var log = gateway.logged()) {
      var result = login(laptop, "alice", onlyPublic(laptop, "alice"), key("mallory"));
      assertThat(result.exit()).isEqualTo(255);
      assertThat(result.stderr()).contains("Permission denied (publickey)");
      assertThat(log.all()).noneMatch(line -> line.startsWith("[login]"));
    }
  }

  @Test
  void ownKeyIsOfferedUnderAnothersName_isRefused(Laptop laptop) {
    var result = login(laptop, "alice", key("mallory"));
    assertThat(result.stderr()).contains("Permission denied (publickey)");
  }

  /** RFC 4252, 5 lets a server go on with another name; this one does not. */
  @Test
  void userName_changesMidway_endsTheConnection(Laptop laptop) {
    try (var client = RawClient.connect(gateway, "mallory")) {
      client.send(request(client, "mallory", "none"));
      client.push(request(client, "alice", "none"));
      assertThat(client.awaitClosed()).contains("Change of username or service is not allowed");
    }
  }

  private static Buffer request(RawClient client, String user, String method) {
    var request = client.message(SshConstants.SSH_MSG_USERAUTH_REQUEST);
    request.putString(user);
    request.putString("ssh-connection");
    request.putString(method);
    return request;
  }

  private static Result login(Laptop laptop, String name, Path... identities) {
    var program = laptop.program("ssh", "-F", "none", "-v", "-p", "" + gateway.port(), "-l", name);
    for (var identity : identities) {
      program = program.and("-i", identity.toString());
    }
    return program
        .and(
            "-oIdentitiesOnly=yes",
            "-oIdentityAgent=none",
            "-oBatchMode=yes",
            "-oUserKnownHostsFile=" + gateway.knownHosts(),
            gateway.host(),
            "gate whoami")
        .run();
  }

  private static Path key(String name) {
    return gateway.people().identity(name);
  }

  /** A file that ssh offers and cannot sign with. */
  private static Path onlyPublic(Laptop laptop, String name) throws IOException {
    var file = laptop.home().resolve(name + ".pub");
    Files.copy(key(name).resolveSibling(name + ".pub"), file);
    return file;
  }

  private static String fingerprintLine(String name) throws IOException {
    return SshPublicKey.parse(Files.readString(key(name).resolveSibling(name + ".pub"))).toString();
  }
}
