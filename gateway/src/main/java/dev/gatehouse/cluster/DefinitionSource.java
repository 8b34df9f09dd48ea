package dev.gatehouse.cluster;

import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a definition is read from, as it was found at one time. */
sealed interface DefinitionSource {
  /**
   * A text, which may have mistakes.
   *
   * @param revision 0 if it has no number
   * @param file where it lies, if it lies in a file
   */
  record Text(long revision, Optional<Path> file, String content) implements DefinitionSource {
    /** What people call it. */
    String name() {
      return revision > 0 ? "revision " + revision : file.map(Quote::path).orElse("it");
    }
  }

  /** A file that is gone, or no text. */
  record Unreadable(String why) implements DefinitionSource {}

  /** The file beside a mounted definition that has the number of its revision. */
  String REVISION_FILE = "revision";

  Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  /** A number, a line's end, and something to notice that it is more than that. */
  int NUMBER_BYTES = 32;

  static Text of(Revision revision) {
    return new Text(revision.number(), Optional.empty(), revision.text());
  }

  /** Reads a file that may be broken. */
  static DefinitionSource look(Path file) {
    try {
      return read(file);
    } catch (UserError e) {
      return new Unreadable(e.text());
    }
  }

  /**
   * Reads a file, and its number where one lies beside it.
   *
   * @throws UserError as {@link ClusterDefinitionFile#load}
   */
  static Text read(Path file) {
    // The kubelet replaces the folder that both are in; each is read from the same one.
    var real = real(file);
    return new Text(revisionBeside(real), Optional.of(file), ClusterDefinitionFile.text(real));
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file; // whoever reads it says what is wrong
    }
  }

  private static long revisionBeside(Path file) {
    var beside = file.toAbsolutePath().resolveSibling(REVISION_FILE);
    if (!Files.exists(beside)) {
      return 0;
    }
    var text =
        TextFile.read(beside, "the number of the definition", NUMBER_BYTES, ExitCode.CONFIG)
            .strip();
    if (!NUMBER.matcher(text).matches()) {
      throw new UserError(
          ExitCode.CONFIG,
          "%s must hold the number of the definition's revision, not %s"
              .formatted(Quote.path(beside), Quote.of(text)));
    }
    return Long.parseLong(text);
  }
}
