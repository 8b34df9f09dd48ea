package dev.gatehouse.cluster;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Readers of paths of other files.
 *
 * @param definition the file that names them: relative ones begin in its folder
 */
record FilePaths(Path definition) {
  private static final int MAX_LENGTH = 1000;

  /** The path as it stands there. */
  static Path written(ScalarNode node) {
    var text = Values.line(MAX_LENGTH).apply(node);
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      // Under LC_ALL=C only ASCII makes a path.
      throw UserError.usage("cannot be a path on this machine: " + Quote.of(text));
    }
  }

  /** The path of a file that can be read now. */
  Path readable(ScalarNode node) {
    var file = definition.toAbsolutePath().resolveSibling(written(node)).normalize();
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
