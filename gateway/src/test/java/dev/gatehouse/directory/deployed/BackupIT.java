package dev.gatehouse.directory.deployed;

import static com.unboundid.ldap.sdk.ModificationType.REPLACE;
import static dev.gatehouse.directory.deployed.Entries.addPerson;
import static dev.gatehouse.directory.deployed.Entries.change;
import static dev.gatehouse.directory.deployed.Entries.password;
import static dev.gatehouse.directory.deployed.Entries.person;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPException;
import dev.gatehouse.testkit.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The nightly copy, and the way back: docs/directory-server.md. */
final class BackupIT {
  @TempDir Path folder;
  private SlapdHome home;
  private Path backups;

  @BeforeEach
  void start() throws IOException {
    home = SlapdHome.in(folder);
    backups = Files.createDirectory(folder.resolve("backups"));
    Files.createDirectory(folder.resolve("job"));
  }

  /** As in the CronJob's pod: beside slapd, with a folder of its own and no Secret. */
  private Result backup(int kept) {
    return home.script("backup")
        .and(backups.toString(), Integer.toString(kept))
        .with("RUN", folder.resolve("job").toString())
        .with("SECRETS", "/nonexistent")
        .with("TLS", "/nonexistent")
        .run();
  }

  private Result restore() {
    return home.script("restore")
        .and(backups.resolve("newest").toString())
        .with("RUN", folder.resolve("job").toString())
        .with("SECRETS", "/nonexistent")
        .with("TLS", "/nonexistent")
        .run();
  }

  @Test
  void restore_afterEverythingIsLost_bringsItBack() throws LDAPException {
    String id;
    try (var slapd = home.start();
        var gateway = slapd.connectAsService("gateway")) {
      addPerson(gateway, "bob", 20001);
      id = Entries.values(gateway, person("bob"), "entryUUID").getFirst();
      backup(3).ok();
      change(gateway, person("bob"), REPLACE, "cn", "changed after the backup");
    }
    home.loseData();
    assertThat(restore().ok().stdout()).contains("9 entries");
    try (var slapd = home.start();
        var gateway = slapd.connectAsService("gateway");
        var _ = slapd.connectAs(person("bob"), password("bob"))) {
      assertThat(Entries.values(gateway, person("bob"), "cn")).containsExactly("bob");
      assertThat(Entries.values(gateway, person("bob"), "entryUUID")).containsExactly(id);
      addPerson(gateway, "eve", 20002);
    }
  }

  @Test
  void restore_overPeople_keepsThoseBeside() throws Exception {
    try (var _ = home.start()) {
      backup(3).ok();
    }
    restore().ok();
    try (var entries = Files.list(folder.resolve("data"))) {
      assertThat(entries.map(p -> p.getFileName().toString()))
          .anyMatch(name -> name.startsWith("before-"))
          .contains("db");
    }
  }

  @Test
  void restore_whileSlapdRuns_isRefused() {
    try (var _ = home.start()) {
      backup(3).ok();
      var result = restore();
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.stderr()).contains("another process has the people");
    }
  }

  @Test
  void restore_fileThatIsCutOff_changesNothing() throws Exception {
    try (var _ = home.start()) {
      backup(3).ok();
    }
    var file = backups.resolve("newest").toRealPath();
    var bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(restore().exit()).isNotZero();
    try (var slapd = home.start();
        var gateway = slapd.connectAsService("gateway")) {
      assertThat(Entries.values(gateway, person(SlapdHome.ADMINISTRATOR), "uid")).hasSize(1);
    }
  }

  @Test
  void backup_moreThanAreKept_deletesTheOldest() throws IOException {
    for (var old : List.of("20260101T000000Z", "20260102T000000Z", "20260103T000000Z")) {
      Files.writeString(backups.resolve(old + ".ldif.gz"), "old");
    }
    Files.writeString(backups.resolve("notes.txt"), "somebody's");
    try (var _ = home.start()) {
      backup(2).ok();
    }
    var kept = backups.resolve("newest").toRealPath().getFileName().toString();
    try (var files = Files.list(backups)) {
      assertThat(files.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("20260103T000000Z.ldif.gz", kept, "newest", "notes.txt");
    }
  }
}
