package dev.gatehouse.cluster.revisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDefinitionStoreTest extends DefinitionStoreContract {
  @TempDir private Path folder;
  private Path file;
  private Path revisions;
  private FileDefinitionStore store;

  @BeforeEach
  void open() throws IOException {
    file = Files.writeString(folder.resolve("my.yaml"), FIRST);
    revisions = folder.resolve("definition");
    store = FileDefinitionStore.of(file, revisions, CLOCK);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected DefinitionStore store() {
    return store;
  }

  private FileDefinitionStore again() {
    store.close();
    store = FileDefinitionStore.of(file, revisions, CLOCK);
    return store;
  }

  @Test
  void open_nothingAsked_makesNothing() {
    assertThat(revisions).doesNotExist();
  }

  @Test
  void change_fileOfAPerson_staysTheSameFile() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    var inode = Files.getAttribute(file, "unix:ino");
    var link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);
    store = FileDefinitionStore.of(link, revisions, CLOCK);

    store.change(store.current().number(), "a: 1\n", BOB);

    assertThat(file).hasContent("a: 1\n");
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
    assertThat(link).isSymbolicLink();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(revisions)))
        .isEqualTo("rwx------");
  }

  @Test
  void change_laterStart_isRemembered() {
    var made = store.change(store.current().number(), "a: 1\n", BOB);

    assertThat(again().current()).isEqualTo(made);
    assertThat(store.history()).hasSize(2);
  }

  @Test
  void current_editedByHand_isARevisionAndConflicts() throws IOException {
    var base = store.current().number();
    Files.writeString(file, "hand: 1\n");

    assertThatThrownBy(() -> store.change(base, "a: 1\n", BOB))
        .hasMessageContaining("definition-conflict");
    assertThat(store.current().text()).isEqualTo("hand: 1\n");
    assertThat(store.current().author())
        .isEqualTo(
            new Author(
                Files.getOwner(file).getName(), file.toString(), Optional.of("edited by hand")));
    assertThat(store.history()).extracting(Revision::number).containsExactly(2L, 1L);
    assertThat(file).hasContent("hand: 1\n");
  }

  @Test
  void current_fileGone_isUnavailableAndLosesNothing() throws IOException {
    store.current();
    Files.delete(file);

    assertThatThrownBy(store::current).hasMessageContaining("definition-unavailable");

    Files.writeString(file, FIRST);
    assertThat(store.current().number()).isEqualTo(1);
  }

  @Test
  void change_diedBeforeTheFileWasWritten_wasNeverMade() throws IOException {
    store.current();
    new RevisionFiles(revisions).intend(new Revision(2, "a: 1\n", NOW, BOB));

    assertThat(again().current().text()).isEqualTo(FIRST);
    assertThat(store.history()).hasSize(1);
    assertThat(revisions.resolve("pending")).doesNotExist();
  }

  @Test
  void change_diedWhileTheFileWasWritten_isMadeWhole() throws IOException {
    store.current();
    new RevisionFiles(revisions).intend(new Revision(2, "a: 1\nb: 2\n", NOW, BOB));
    for (var torn : new String[] {"", "a: 1\n", "a: 1\nb: 2\n"}) {
      Files.writeString(file, torn);

      assertThat(again().current()).isEqualTo(new Revision(2, "a: 1\nb: 2\n", NOW, BOB));
      assertThat(file).hasContent("a: 1\nb: 2\n");
      assertThat(store.history()).hasSize(2);
      new RevisionFiles(revisions).intend(new Revision(2, "a: 1\nb: 2\n", NOW, BOB));
    }
  }

  @Test
  void copying_firstChange_leavesTheOriginal() {
    var copying = FileDefinitionStore.copying(file, revisions, CLOCK);
    assertThat(copying.path()).isEqualTo(file);
    assertThat(copying.current().number()).isEqualTo(1);

    var made = copying.change(1, "a: 1\n", BOB);

    assertThat(file).hasContent(FIRST);
    assertThat(copying.path()).isEqualTo(revisions.resolve("cluster.yaml")).hasContent("a: 1\n");
    assertThat(FileDefinitionStore.copying(file, revisions, CLOCK).current()).isEqualTo(made);
  }

  @Test
  void change_fileCannotBeWritten_isToldAndNothingIsLeft() {
    // The administrator of the machine may open it, and fails to write; others may not open it.
    var sealed = FileDefinitionStore.of(Path.of("/proc/version"), revisions, CLOCK);

    assertThatThrownBy(() -> sealed.change(sealed.current().number(), "a: 1\n", BOB))
        .hasMessageContaining("/proc/version")
        .hasMessageMatching(".*\\(definition-(read-only|unavailable)\\)");
    assertThat(revisions.resolve("pending")).doesNotExist();
    assertThat(sealed.history()).hasSize(1);
  }
}
