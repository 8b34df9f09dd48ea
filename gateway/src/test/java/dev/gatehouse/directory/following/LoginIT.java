package dev.gatehouse.directory.following;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.LiveDefinition;
import dev.gatehouse.directory.AliceTarget;
import dev.gatehouse.directory.ContractSeed;
import dev.gatehouse.directory.Until;
import dev.gatehouse.directory.deployed.DeployedSlapd;
import dev.gatehouse.directory.deployed.SlapdHome;
import dev.gatehouse.file.SharedFolder;
import dev.gatehouse.mfa.SecondFactors;
import dev.gatehouse.server.Gateway;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Keys;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.MemoryDefinitionStore;
import dev.gatehouse.testkit.StagedWorkspaces;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole: ssh, the running gateway, and people in slapd as it is deployed. */
@Timeout(180)
final class LoginIT {
  private static final String ALICE = "uid=alice," + ContractSeed.PEOPLE;

  @TempDir Path folder;
  private SlapdHome home;
  private DeployedSlapd slapd;
  private RemoteDirectory remote;
  private Gateway gateway;
  private Laptop laptop;

  @BeforeEach
  void start() throws LDAPException {
    home = SlapdHome.in(Folders.temporaryIn(folder), ContractSeed.ldif());
    slapd = home.start();
    var key = Keys.generate(folder, "alice");
    change(ModificationType.ADD, Folders.read(folder.resolve("alice.pub")).strip());
    remote = RemoteDirectory.open(home.settings(), InstantSource.system());
    Until.holds(() -> remote.copied().isPresent());
    var definition = "gateway: {port: 0}";
    gateway =
        new Gateway(
            new LiveDefinition(ClusterDefinitionFile.parse("test.yaml", definition)),
            new MemoryDefinitionStore(definition, InstantSource.system()),
            SharedFolder.alone(folder),
            remote.directory(),
            remote.administration(),
            new SecondFactors(
                List.of(SharedFolder.alone(Folders.temporaryIn(folder))), InstantSource.system()),
            StagedWorkspaces::new,
            InstantSource.system());
    laptop = new Laptop(new AliceTarget(folder, gateway, key));
  }

  @AfterEach
  void stop() {
    if (slapd != null) {
      laptop.close();
      gateway.close();
      remote.close();
      slapd.close();
    }
  }

  private void change(ModificationType type, String... keys) throws LDAPException {
    try (var ldap = slapd.connectAsService("gateway")) {
      ldap.modify(ALICE, new Modification(type, "sshPublicKey", keys));
    }
  }

  @Test
  void login_slapdDiesAndReturnsMeanwhile_goesOn() throws LDAPException {
    assertThat(laptop.ssh("exit 7").exit()).isEqualTo(7);
    slapd.kill();
    for (var i = 0; i < 3; i++) {
      assertThat(laptop.ssh("exit 7").exit()).isEqualTo(7);
    }
    slapd = home.start();
    assertThat(laptop.ssh("exit 7").exit()).isEqualTo(7);
    change(ModificationType.DELETE);
    Until.holds(() -> laptop.ssh("exit 7").exit() == 255);
  }

  @Test
  void session_keyIsRemovedFromTheDirectory_endsWithinSeconds() throws LDAPException {
    try (var session = laptop.start(laptop.openssh(Laptop.HOST, "echo ready; sleep 600"))) {
      session.awaitStdout("ready");
      change(ModificationType.DELETE);
      var _ = session.await();
      assertThat(session.stderrSoFar()).contains("(key-withdrawn)");
    }
    assertThat(laptop.ssh("true").exit()).isEqualTo(255);
  }
}
