package dev.gatehouse.testkit;

import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.PasswordCheck;
import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.PeopleAdministration.NewPerson;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.directory.embedded.EmbeddedDirectory;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * The embedded directory in the hands of the test, which may hold lookups up or take it away:
 * everybody in it has a key of their own, and a password, which is {@code password of NAME}.
 */
public final class People implements Directory, AutoCloseable {
  private static final String SEED =
      """
      dn: dc=gatehouse,dc=local
      objectClass: domain
      dc: gatehouse

      dn: ou=people,dc=gatehouse,dc=local
      objectClass: organizationalUnit
      ou: people

      dn: ou=groups,dc=gatehouse,dc=local
      objectClass: organizationalUnit
      ou: groups

      dn: uid=somebody,ou=people,dc=gatehouse,dc=local
      objectClass: inetOrgPerson
      objectClass: posixAccount
      objectClass: shadowAccount
      objectClass: ldapPublicKey
      uid: somebody
      cn: Somebody
      sn: Somebody
      uidNumber: 9999
      gidNumber: 9999
      homeDirectory: /home/somebody
      userPassword: password of somebody
      """;

  private final Path folder = Folders.temporary();
  private final EmbeddedDirectory embedded;
  private final Map<Username, CountDownLatch> held = new ConcurrentHashMap<>();
  private final Set<Username> asked = ConcurrentHashMap.newKeySet();
  private final Set<Username> broken = ConcurrentHashMap.newKeySet();
  private volatile boolean available = true;
  private volatile Duration delay = Duration.ZERO;

  /** Lets the lookups of one name wait until this is closed. */
  public record Hold(Username name, CountDownLatch latch) implements AutoCloseable {
    public void release() {
      latch.countDown();
    }

    @Override
    public void close() {
      release();
    }
  }

  private People() {
    var seed = folder.resolve("seed.ldif");
    Folders.write(seed, SEED);
    embedded =
        EmbeddedDirectory.open(seed, folder.resolve("directory.ldif"), InstantSource.system());
  }

  public static People of(String... names) {
    var people = new People();
    Stream.of(names).forEach(people::add);
    return people;
  }

  public People add(String name, String... groups) {
    var key = KeyFile.publicKey(KeyFile.openEd25519(identity(name)));
    Folders.write(folder.resolve(name + ".pub"), key.line() + "\n");
    add(name, key.line());
    setGroups(name, groups);
    return this;
  }

  /** Somebody with a key that the test made; in place of who had the name before. */
  public People add(String name, SshPublicKey key) {
    var username = new Username(name);
    if (administration().person(username).isPresent()) {
      administration().remove(username);
    }
    return add(name, key.line());
  }

  public People addDisabled(String name) {
    add(name);
    setDisabled(name, true);
    return this;
  }

  public void setDisabled(String name, boolean disabled) {
    administration().setDisabled(new Username(name), disabled);
  }

  public void remove(String name) {
    administration().remove(new Username(name));
  }

  /** Only these, beside the primary group. */
  public void setGroups(String name, String... wanted) {
    var username = new Username(name);
    for (var group : wanted) {
      if (administration().group(new GroupName(group)).isEmpty()) {
        administration().addGroup(new GroupName(group), username);
      }
      administration().addMember(new GroupName(group), username);
    }
    for (var group : administration().groups()) {
      if (group.members().contains(username)
          && !group.name().value().equals("everyone")
          && !Set.of(wanted).contains(group.name().value())) {
        administration().addMember(group.name(), new Username("somebody"));
        administration().removeMember(group.name(), username);
      }
    }
  }

  /** In place of the keys that the person has: lines of an authorized_keys file. */
  public void setKeys(String name, String... lines) {
    var username = new Username(name);
    for (var key : administration().keys(username)) {
      administration().removeKey(username, key.key().key().fingerprint());
    }
    for (var line : lines) {
      administration().addKey(username, AuthorizedKeyLine.parse(line));
    }
  }

  /** The public half of a person's own key, as a line. */
  public String publicKey(String name) {
    return KeyFile.publicKey(KeyFile.openEd25519(identity(name))).line();
  }

  /** The private key of a person; its public half is beside it. */
  public Path identity(String name) {
    return folder.resolve(name);
  }

  public PeopleAdministration administration() {
    return embedded.administration();
  }

  public Hold hold(String name) {
    var latch = new CountDownLatch(1);
    held.put(new Username(name), latch);
    return new Hold(new Username(name), latch);
  }

  /** Whether anybody has tried to log in by that name. */
  public boolean wasAsked(String name) {
    return asked.contains(new Username(name));
  }

  /** From now on looking this one up fails as nobody expects. */
  public void setBroken(String name, boolean broken) {
    if (broken) {
      this.broken.add(new Username(name));
    } else {
      this.broken.remove(new Username(name));
    }
  }

  public void setAvailable(boolean available) {
    this.available = available;
  }

  /** From now on every answer takes so long. */
  public void setDelay(Duration delay) {
    this.delay = delay;
  }

  @Override
  public PersonLookup person(Username username) {
    asked.add(username);
    var latch = held.get(username);
    if (latch != null) {
      await(latch);
    }
    pause();
    if (broken.contains(username)) {
      throw new IllegalStateException("an entry that nothing can be made of");
    }
    return available
        ? embedded.directory().person(username)
        : new PersonLookup.Unavailable("ldap.internal refuses");
  }

  @Override
  public PasswordCheck password(Username username, String password) {
    pause();
    if (!available) {
      return new PasswordCheck.Unavailable("ldap.internal refuses");
    }
    return administration().person(username).isPresent()
            && password.equals("password of " + username)
        ? new PasswordCheck.Right()
        : new PasswordCheck.Wrong();
  }

  @Override
  public void close() {
    held.values().forEach(CountDownLatch::countDown);
    embedded.close();
    Folders.delete(folder);
  }

  private People add(String name, String keyLine) {
    administration()
        .add(
            new NewPerson(
                new Username(name), "", Set.of(), List.of(AuthorizedKeyLine.parse(keyLine))));
    return this;
  }

  private void pause() {
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
