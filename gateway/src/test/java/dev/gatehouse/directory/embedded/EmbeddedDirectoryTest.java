package dev.gatehouse.directory.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import dev.gatehouse.directory.ContractSeed;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.DirectoryContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedDirectoryTest extends DirectoryContract {
  @TempDir Path folder;
  private EmbeddedDirectory embedded;

  @BeforeEach
  void open() throws IOException {
    var seed = Files.writeString(folder.resolve("seed.ldif"), ContractSeed.ldif());
    embedded = EmbeddedDirectory.open(seed, folder.resolve("state/directory.ldif"), CLOCK);
  }

  @AfterEach
  void close() {
    embedded.close();
  }

  /** A seed in clear is encoded before anything is written. */
  @Test
  void open_seedWithPasswords_keepsNoneInClear() throws IOException, LDIFException {
    var state = Files.readString(folder.resolve("state/directory.ldif"));
    assertThat(state).doesNotContain("correct horse");
    assertThat(LDIFReader.readEntries(folder.resolve("state/directory.ldif").toString()))
        .filteredOn(entry -> entry.hasAttribute("userPassword"))
        .singleElement()
        .satisfies(
            entry -> assertThat(entry.getAttributeValue("userPassword")).startsWith("{SSHA512}"));
  }

  @Override
  public Directory directory() {
    return embedded.directory();
  }
}
