package dev.gatehouse.directory.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.directory.AdministrationContract;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.DirectoryContract;
import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.PeopleAdministration.NewPerson;
import dev.gatehouse.name.Username;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedAdministrationTest extends AdministrationContract {
  @TempDir Path folder;
  private EmbeddedDirectory embedded;

  @BeforeEach
  void open() throws IOException {
    var seed = Files.writeString(folder.resolve("seed.ldif"), seed());
    embedded =
        EmbeddedDirectory.open(
            seed, folder.resolve("state/directory.ldif"), DirectoryContract.CLOCK);
  }

  @AfterEach
  void close() {
    embedded.close();
  }

  @Override
  public PeopleAdministration people() {
    return embedded.administration();
  }

  @Override
  public PeopleAdministration.SelfService self() {
    return embedded.selfService();
  }

  @Override
  public Directory directory() {
    return embedded.directory();
  }

  @Override
  protected boolean hasEmptyGroups() {
    return true;
  }

  /** The whole file is written at each change. */
  @Test
  void add_threeHundredAtOnce_areOneChange() {
    var many =
        IntStream.range(0, 300)
            .mapToObj(i -> new NewPerson(new Username("p" + i), "", Set.of(), List.of()))
            .toList();
    var before = embedded.entries().version();
    people().add(many, _ -> {});
    assertThat(embedded.entries().version()).isEqualTo(before + 1);
    assertThat(people().people()).hasSize(300);
  }

  /** Two administrators at once. */
  @Test
  void add_byManyAtOnce_givesEachANumber() {
    var numbers =
        IntStream.range(0, 20)
            .parallel()
            .mapToObj(i -> new NewPerson(new Username("p" + i), "", Set.of(), List.of()))
            .map(p -> people().add(p).uidNumber())
            .collect(Collectors.toSet());
    assertThat(numbers).hasSize(20);
  }
}
