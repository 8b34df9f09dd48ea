package dev.gatehouse.cluster;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.TextFile;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads cluster.yaml. Only the node tree of the YAML library is used: no tag can make an object,
 * and every node knows its place. A file without any key, {@code {}} or nothing but comments,
 * stands for the defaults; one without any character is refused, because that is what a full disk
 * leaves.
 */
public final class ClusterDefinitionFile {
  private static final int MAX_BYTES = 4 << 20;
  private static final int MAX_DEPTH = 20;
  private static final int MAX_ALIASES = 20;

  private ClusterDefinitionFile() {}

  /**
   * @throws UserError if the file cannot be read ({@link ExitCode#NOINPUT}), or with every mistake
   *     in it, one a line, as {@code file:line:column: what} ({@link ExitCode#CONFIG})
   */
  public static ClusterDefinition load(Path file) {
    return check(file).definition();
  }

  /** As {@link #load}, with what is worth a look besides. */
  public static CheckedDefinition check(Path file) {
    return check(file.toString(), text(file), new FilePaths(Optional.of(file)));
  }

  /**
   * Reads a file's text, mistakes and all.
   *
   * @throws UserError if it cannot be read, is too long or is not UTF-8
   */
  static String text(Path file) {
    return TextFile.read(file, "cluster definition", MAX_BYTES, ExitCode.CONFIG);
  }

  /**
   * Reads a text as if it lay in a file: other files that it names are looked for in its folder.
   *
   * @param name stands in front of each mistake
   * @throws UserError as {@link #load}
   */
  static ClusterDefinition parse(String name, String text, Path file) {
    return check(name, text, new FilePaths(Optional.of(file))).definition();
  }

  /**
   * Reads a text that lies in no folder: files that it names are not looked at.
   *
   * @param fileName stands in front of each mistake
   * @throws UserError as {@link #load}
   */
  public static ClusterDefinition parse(String fileName, String text) {
    return check(fileName, text).definition();
  }

  /** As {@link #parse}, with what is worth a look besides. */
  public static CheckedDefinition check(String fileName, String text) {
    return check(fileName, text, new FilePaths(Optional.empty()));
  }

  private static CheckedDefinition check(String fileName, String text, FilePaths paths) {
    var problems = new Problems(Quote.plain(fileName));
    if (text.isBlank()) {
      throw problems.only(1, 1, "the file is empty; write {} to take every default");
    }
    Secrets.find(text, (offset, what) -> addAt(offset, text, what, problems));
    var root = compose(text, problems);
    var definition = new ClusterDefinitionReader(problems, paths).read(root);
    problems.throwIfAny();
    return new CheckedDefinition(definition, problems.warnings(), problems.groups());
  }

  private static void addAt(int offset, String text, String what, Problems problems) {
    var before = text.substring(0, offset);
    problems.add(
        (int) before.chars().filter(c -> c == '\n').count() + 1,
        before.length() - before.lastIndexOf('\n'),
        what);
  }

  private static @Nullable Node compose(String text, Problems problems) {
    try {
      return new Yaml(limits()).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      throw problems.only(e);
    } catch (ReaderException e) {
      var before = text.substring(0, text.offsetByCodePoints(0, e.getPosition()));
      throw problems.only(
          (int) before.chars().filter(c -> c == '\n').count() + 1,
          before.length() - before.lastIndexOf('\n'),
          "the character U+%04X is not allowed in YAML".formatted(e.getCodePoint()));
    } catch (RuntimeException e) {
      // A limit was met, or a tag that the library does not expect: it tells no place.
      throw problems.only(1, 1, String.valueOf(e.getMessage()));
    }
  }

  private static LoaderOptions limits() {
    var limits = new LoaderOptions();
    limits.setCodePointLimit(MAX_BYTES);
    limits.setNestingDepthLimit(MAX_DEPTH);
    limits.setMaxAliasesForCollections(MAX_ALIASES);
    return limits;
  }
}
