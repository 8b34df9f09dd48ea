package dev.gatehouse.cluster;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Paths of other files that the definition names.
 *
 * @param definition the file that names them: relative ones begin in its folder. Without it paths
 *     are taken as they stand there, and the files are not looked at
 */
record FilePaths(Optional<Path> definition) {
  private static final int MAX_LENGTH = 1000;

  /** A file beside the definition, which need not be there yet. */
  Path beside(String name) {
    return definition.map(file -> inFolderOf(file, Path.of(name))).orElse(Path.of(name));
  }

  /** Reads the path of a file, which must be readable now where files are looked at. */
  Path read(ScalarNode node) {
    var path = written(node);
    return definition.map(file -> readable(inFolderOf(file, path))).orElse(path);
  }

  private static Path inFolderOf(Path definition, Path path) {
    return definition.toAbsolutePath().resolveSibling(path).normalize();
  }

  private static Path written(ScalarNode node) {
    var text = Values.line(MAX_LENGTH).apply(node);
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      // Under LC_ALL=C only ASCII makes a path.
      throw UserError.usage("cannot be a path on this machine: " + Quote.of(text));
    }
  }

  private static Path readable(Path file) {
    if (!Files.exists(file)) {
      throw UserError.usage("names %s, which does not exist".formatted(Quote.path(file)));
    }
    if (!Files.isRegularFile(file)) {
      throw UserError.usage("names %s, which is not a file".formatted(Quote.path(file)));
    }
    if (!Files.isReadable(file)) {
      throw UserError.usage(
          "names %s, which may not be read by this user".formatted(Quote.path(file)));
    }
    return file;
  }
}
