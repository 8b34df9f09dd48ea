package dev.gatehouse.testkit;

import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.PasswordCheck;
import dev.gatehouse.directory.Person;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.key.AuthorizedKey;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A directory in the hands of the test: everybody in it has a key of their own. */
public final class People implements Directory, AutoCloseable {
  private final Path folder = Folders.temporary();
  private final Map<Username, Person> people = new ConcurrentHashMap<>();
  private final Map<Username, CountDownLatch> held = new ConcurrentHashMap<>();
  private final Set<Username> asked = ConcurrentHashMap.newKeySet();
  private volatile boolean available = true;

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

  public static People of(String... names) {
    var people = new People();
    Stream.of(names).forEach(people::add);
    return people;
  }

  public People add(String name, String... groups) {
    put(name, Stream.of(groups).map(GroupName::new).collect(Collectors.toSet()), false);
    return this;
  }

  /** Somebody with a key that the test made; in place of who had the name before. */
  public People add(String name, SshPublicKey key) {
    put(name, key, Set.of(), false);
    return this;
  }

  public People addDisabled(String name) {
    put(name, Set.of(), true);
    return this;
  }

  /** The private key of a person; its public half is beside it. */
  public Path identity(String name) {
    return folder.resolve(name);
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

  public void setAvailable(boolean available) {
    this.available = available;
  }

  @Override
  public PersonLookup person(Username username) {
    asked.add(username);
    var latch = held.get(username);
    if (latch != null) {
      await(latch);
    }
    if (!available) {
      return new PersonLookup.Unavailable("ldap.internal refuses");
    }
    var person = people.get(username);
    return person == null ? new PersonLookup.Unknown() : new PersonLookup.Found(person);
  }

  @Override
  public PasswordCheck password(Username username, String password) {
    throw new UnsupportedOperationException("skeleton");
  }

  @Override
  public void close() {
    held.values().forEach(CountDownLatch::countDown);
    Folders.delete(folder);
  }

  private void put(String name, Set<GroupName> groups, boolean disabled) {
    var key = KeyFile.publicKey(KeyFile.openEd25519(identity(name)));
    Folders.write(folder.resolve(name + ".pub"), key.line() + "\n");
    put(name, key, groups, disabled);
  }

  private void put(String name, SshPublicKey key, Set<GroupName> groups, boolean disabled) {
    var id = 10000 + people.size();
    var username = new Username(name);
    people.put(
        username,
        new Person(
            username,
            id,
            id,
            name,
            "/home/" + name,
            "/bin/bash",
            groups,
            List.of(AuthorizedKey.plain(key)),
            disabled));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
