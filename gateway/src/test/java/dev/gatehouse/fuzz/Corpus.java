package dev.gatehouse.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Inputs that are kept in the sources: examples, what reached new code, and what once failed. */
record Corpus(Path folder) {
  private static final Path ALL = Path.of("src/test/resources/fuzz").toAbsolutePath();

  static Corpus of(FuzzTarget target) {
    return new Corpus(ALL.resolve(target.name()));
  }

  List<Path> files() {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
