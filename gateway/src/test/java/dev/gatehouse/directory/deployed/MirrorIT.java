package dev.gatehouse.directory.deployed;

import static com.unboundid.ldap.sdk.ModificationType.REPLACE;
import static dev.gatehouse.directory.deployed.Entries.addGroup;
import static dev.gatehouse.directory.deployed.Entries.addPerson;
import static dev.gatehouse.directory.deployed.Entries.change;
import static dev.gatehouse.directory.deployed.Entries.group;
import static dev.gatehouse.directory.deployed.Entries.password;
import static dev.gatehouse.directory.deployed.Entries.person;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import dev.gatehouse.testkit.Poll;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers as servers: 2 of k8s/directory makes them: each takes changes and passes them on. */
final class MirrorIT {
  private static final String BOB = person("bob");

  private SlapdHome first;
  private SlapdHome second;

  @BeforeEach
  void make(@TempDir Path folder) {
    var homes = SlapdHome.mirrored(folder);
    first = homes.getFirst();
    second = homes.getLast();
  }

  private static void awaitValues(
      LDAPConnection server, String dn, String attribute, String... values) {
    var wanted = List.of(values);
    Poll.until(dn + " has " + wanted, () -> Entries.values(server, dn, attribute).equals(wanted));
  }

  @Test
  void change_onEither_arrivesAtTheOther() throws LDAPException {
    try (var one = first.start();
        var two = second.start();
        var atOne = one.connectAsService("gateway");
        var atTwo = two.connectAsService("gateway")) {
      awaitValues(atTwo, person(SlapdHome.ADMINISTRATOR), "uid", SlapdHome.ADMINISTRATOR);
      addPerson(atOne, "bob", 20001, "sshPublicKey: a key");
      awaitValues(atTwo, BOB, "sshPublicKey", "a key");
      change(atTwo, BOB, REPLACE, "sshPublicKey", "another key");
      awaitValues(atOne, BOB, "sshPublicKey", "another key");
      // The hash too: who can log in at one can at the other.
      two.connectAs(BOB, password("bob")).close();
      addGroup(atTwo, "ml", 20003, BOB);
      awaitValues(atOne, BOB, "memberOf", group("ml"));
      atOne.delete(BOB);
      awaitValues(atTwo, BOB, "uid");
      awaitValues(atTwo, group("ml"), "member", "cn=nobody," + SlapdHome.BASE);
      awaitValues(atOne, group("ml"), "member", "cn=nobody," + SlapdHome.BASE);
    }
  }

  @Test
  void change_whileTheOtherIsDead_arrivesWhenItIsBack() throws LDAPException {
    try (var one = first.start();
        var atOne = one.connectAsService("gateway")) {
      try (var two = second.start();
          var atTwo = two.connectAsService("gateway")) {
        awaitValues(atTwo, person(SlapdHome.ADMINISTRATOR), "uid", SlapdHome.ADMINISTRATOR);
        two.kill();
      }
      addPerson(atOne, "bob", 20001);
      try (var two = second.start();
          var atTwo = two.connectAsService("gateway")) {
        awaitValues(atTwo, BOB, "uid", "bob");
        change(atTwo, BOB, REPLACE, "cn", "after the return");
        awaitValues(atOne, BOB, "cn", "after the return");
      }
    }
  }

  /**
   * The first server seeds a new directory. One that lost its volume must not: its newer entries
   * would take the place of what the other has kept.
   */
  @Test
  void start_withoutItsVolume_takesEverythingFromTheOther() throws LDAPException {
    var ada = person(SlapdHome.ADMINISTRATOR);
    try (var one = first.start();
        var atOne = one.connectAsService("gateway")) {
      change(atOne, ada, REPLACE, "cn", "Ada L.");
      addPerson(atOne, "bob", 20001);
      try (var two = second.start();
          var atTwo = two.connectAsService("gateway")) {
        awaitValues(atTwo, BOB, "uid", "bob");
        one.kill();
        first.loseData();
        try (var again = first.start();
            var atAgain = again.connectAsService("gateway")) {
          awaitValues(atAgain, BOB, "uid", "bob");
          awaitValues(atAgain, ada, "cn", "Ada L.");
          awaitValues(atTwo, ada, "cn", "Ada L.");
        }
      }
    }
  }
}
