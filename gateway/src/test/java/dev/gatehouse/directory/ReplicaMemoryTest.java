package dev.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import dev.gatehouse.directory.embedded.EmbeddedDirectory;
import dev.gatehouse.key.TestKeys;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** 50,000 people, each with a key and in five groups, take less than 100 MB. */
@Isolated("it measures the heap")
final class ReplicaMemoryTest {
  private static final int PEOPLE = 50_000;
  private static final int LOOKUPS = 5000;
  private static final long MEGABYTE = 1_000_000;

  @Test
  void put_fiftyThousandPeople_takesLessThanAHundredMegabytes() throws LDIFException {
    var replica =
        new Replica(
            SchemaMapping.usual(EmbeddedDirectory.TREE),
            new PersonEntry(DirectoryContract.CLOCK, false));
    var before = used();
    var key = TestKeys.ed25519(1).line();
    for (var i = 0; i < PEOPLE; i++) {
      replica.people().put(UUID.randomUUID(), entry(ManyPeople.person(i, key)));
    }
    for (var group = 0; group < 5; group++) {
      replica.groups().put(UUID.randomUUID(), group(group));
    }
    var after = used();
    var person = replica.person(new Username("p49999"));
    assertThat(person)
        .isInstanceOfSatisfying(
            PersonLookup.Found.class,
            found ->
                assertThat(found.person().groups())
                    .hasSize(5)
                    .contains(new GroupName("everyone4")));
    var began = System.nanoTime();
    for (var i = 0; i < LOOKUPS; i++) {
      assertThat(replica.person(new Username("p" + i))).isInstanceOf(PersonLookup.Found.class);
    }
    System.err.printf("a lookup takes %d us%n", (System.nanoTime() - began) / 1000 / LOOKUPS);
    System.err.printf("%d people take %d MB%n", PEOPLE, (after - before) / MEGABYTE);
    assertThat(after - before).isBetween(MEGABYTE, 100 * MEGABYTE);
  }

  private static Entry group(int number) throws LDIFException {
    return entry(
        ManyPeople.everyone(PEOPLE)
            .replace("cn=everyone", "cn=everyone" + number)
            .replace("cn: everyone", "cn: everyone" + number));
  }

  private static Entry entry(String ldif) throws LDIFException {
    return LDIFReader.decodeEntry(ldif.strip().split("\n"));
  }

  private static long used() {
    IntStream.range(0, 3).forEach(_ -> System.gc());
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
