package dev.gatehouse.directory.following;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.LdapSettings;
import dev.gatehouse.cluster.LdapSettings.Cache;
import dev.gatehouse.cluster.LiveDefinition;
import dev.gatehouse.directory.AliceTarget;
import dev.gatehouse.directory.ContractSeed;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.Until;
import dev.gatehouse.directory.embedded.Slapd;
import dev.gatehouse.file.SharedFolder;
import dev.gatehouse.mfa.SecondFactors;
import dev.gatehouse.server.Gateway;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Keys;
import dev.gatehouse.testkit.MemoryDefinitionStore;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.StagedWorkspaces;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/** What a login costs: its time, and the questions that slapd itself has counted meanwhile. */
public final class LoginCost implements AutoCloseable {
  private static final String MONITOR =
      """
      overlay syncprov
      database monitor
      access to * by * read
      """;

  /**
   * @param searches of all logins together
   */
  public record Cost(double medianMillis, long searches) {}

  private final Path folder = Folders.temporary();
  private final Path key = Keys.generate(folder, "alice");
  private final Slapd slapd;
  private final RemoteDirectory remote;
  private final LDAPConnection monitor;

  public LoginCost() {
    slapd =
        Slapd.start(
            folder.resolve("slapd"),
            ContractSeed.ldif(),
            Slapd.Setup.PLAIN.with("syncprov", MONITOR).with("back_monitor", ""));
    try {
      monitor = slapd.connectAsAdministrator();
      var line = Folders.read(folder.resolve("alice.pub")).strip();
      monitor.modify(
          "uid=alice," + ContractSeed.PEOPLE,
          new Modification(ModificationType.ADD, "sshPublicKey", line));
    } catch (LDAPException e) {
      throw new IllegalStateException(e);
    }
    remote = RemoteDirectory.open(patient(slapd.settings()), InstantSource.system());
    Until.holds(() -> remote.copied().isPresent());
  }

  /** One who follows asks whether the server is still there once in such a time. */
  private static LdapSettings patient(LdapSettings s) {
    return new LdapSettings(
        s.servers(),
        s.startTls(),
        s.ca(),
        s.bind(),
        Duration.ofMinutes(1),
        s.readOnly(),
        s.schema(),
        s.ids(),
        new Cache(Duration.ofMinutes(10), Duration.ofHours(1)));
  }

  /**
   * Logs in one after the other.
   *
   * @param warm from the copy, else by asking
   */
  public Cost of(int logins, boolean warm) {
    try (var gateway = gateway(warm ? remote.directory() : remote.direct())) {
      var target = new AliceTarget(folder, gateway, key);
      logIn(target); // classes, and the pool's connection
      var millis = new double[logins];
      var before = searches();
      for (var i = 0; i < logins; i++) {
        var began = System.nanoTime();
        logIn(target);
        millis[i] = (System.nanoTime() - began) / 1e6;
      }
      var searches = searches() - before - 1; // the first of these two questions
      Arrays.sort(millis);
      return new Cost(millis[logins / 2], searches);
    }
  }

  private static void logIn(AliceTarget target) {
    RawClient.login(target).close();
  }

  /** That slapd has answered to anybody since it began. */
  private long searches() {
    try {
      return monitor
          .getEntry("cn=Search,cn=Operations,cn=Monitor", "monitorOpCompleted")
          .getAttributeValueAsLong("monitorOpCompleted");
    } catch (LDAPException e) {
      throw new IllegalStateException(e);
    }
  }

  private Gateway gateway(Directory directory) {
    return new Gateway(
        new LiveDefinition(ClusterDefinitionFile.parse("test.yaml", "gateway: {port: 0}")),
        new MemoryDefinitionStore("gateway: {port: 0}", InstantSource.system()),
        SharedFolder.alone(folder),
        directory,
        remote.administration(),
        new SecondFactors(
            List.of(SharedFolder.alone(Folders.temporaryIn(folder))), InstantSource.system()),
        StagedWorkspaces::new,
        InstantSource.system());
  }

  @Override
  public void close() {
    remote.close();
    monitor.close();
    slapd.close();
    Folders.delete(folder);
  }
}
