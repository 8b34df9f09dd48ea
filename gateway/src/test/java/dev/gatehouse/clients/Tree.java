package dev.gatehouse.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Folders full of files, and what is in them. */
final class Tree {
  private Tree() {}

  /** Makes this many small files in some folders below, with awkward names among them. */
  static Path make(Path root, int files) {
    for (var i = 0; i < files; i++) {
      write(root.resolve("d" + i % 7).resolve("file " + i + " ü"), "content " + i);
    }
    return root;
  }

  static void write(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each file's path below the root, with its content. */
  static Map<String, String> read(Path root) {
    var files = new TreeMap<String, String>();
    try (var walk = Files.walk(root)) {
      for (var file : walk.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
