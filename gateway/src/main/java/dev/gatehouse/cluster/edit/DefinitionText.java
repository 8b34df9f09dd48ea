package dev.gatehouse.cluster.edit;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.edit.ValuePath.Step;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The text of a definition, edited. Each edit is proved: the result is read anew, and exactly the
 * values that were meant differ; otherwise it is refused, and nothing is changed.
 */
public final class DefinitionText {
  private DefinitionText() {}

  /**
   * A text and what it says.
   *
   * @param text as it is to be stored
   */
  public record Edited(String text, ClusterDefinition definition) {}

  /**
   * Makes the edits, one after the other, and reads the result as a definition.
   *
   * @param fileName stands in front of each mistake
   * @throws UserError if an edit cannot be made by a splice ({@link ExitCode#DATAERR}), or with
   *     every mistake that the result has as a definition ({@link ExitCode#CONFIG})
   */
  public static Edited edit(String fileName, String text, List<Edit> edits) {
    var edited = text;
    for (var edit : edits) {
      edited = splice(edited, edit);
    }
    return new Edited(edited, ClusterDefinitionFile.parse(fileName, edited));
  }

  /**
   * Makes one edit, of any YAML.
   *
   * @throws UserError as {@link #edit}
   */
  static String splice(String text, Edit edit) {
    var root = Parts.of(text);
    var way = Way.along(root, edit.path());
    var splices = new Splices(text);
    var wanted = make(edit, way, splices, root.map(Part::content).orElseGet(Content::nothing));
    var made = splices.made();
    if (!says(made, wanted)) {
      throw new UserError(
          ExitCode.DATAERR,
          "%s cannot be changed without changing something else; edit the text as a whole"
              .formatted(Quote.plain(edit.path().toString())));
    }
    return made;
  }

  private static boolean says(String text, Content wanted) {
    try {
      return Parts.of(text).map(Part::content).orElseGet(Content::nothing).equals(wanted);
    } catch (UserError e) {
      return false;
    }
  }

  private static Content make(Edit edit, Way way, Splices splices, Content before) {
    return switch (edit) {
      case Edit.Put(var path, var value) -> put(path, value, way, splices, before);
      case Edit.Add(var path, var value) -> add(path, value, way, splices, before);
      case Edit.Remove(var path) -> {
        var gone = way.target().orElseThrow(() -> way.missing(path));
        way.requireOwn(path);
        splices.remove(gone);
        yield with(before, path, _ -> Optional.empty());
      }
    };
  }

  private static Content put(
      ValuePath path, NewValue value, Way way, Splices splices, Content before) {
    way.requireOwn(path);
    if (way.target().isPresent()) {
      var written = Written.of(value, way.target().get().part());
      splices.set(way.target().get(), written);
      return with(before, path, _ -> Optional.of(written.content()));
    }
    var written = Written.of(value, Part.nothing());
    insert(path, written, way, splices);
    return with(before, path, _ -> Optional.of(written.content()));
  }

  private static Content add(
      ValuePath path, NewValue value, Way way, Splices splices, Content before) {
    way.requireOwn(path);
    var written = Written.of(value, Part.nothing());
    if (way.target().isPresent()) {
      way.requireList(path);
      splices.addItem(way.target().get(), written);
    } else {
      insert(path, Splices.listOf(written), way, splices);
    }
    return with(before, path, list -> Optional.of(longer(list, written.content())));
  }

  private static Content longer(Content list, Content item) {
    var items = new ArrayList<Content>();
    var tag = Content.SEQ;
    if (list instanceof Content.Sequence before) {
      items.addAll(before.items());
      tag = before.tag();
    }
    items.add(item);
    return new Content.Sequence(tag, items);
  }

  /** The last key that is there gets the first that is not, and that all others. */
  private static void insert(ValuePath path, Written value, Way way, Splices splices) {
    var names = way.missingKeys(path);
    var inner = value;
    for (var name : names.subList(1, names.size()).reversed()) {
      inner = inner.under(name);
    }
    splices.addKey(way.nearest(), names.getFirst(), inner);
  }

  private static Content with(
      Content before, ValuePath path, Function<Content, Optional<Content>> change) {
    List<Step> steps = path.steps();
    return before.with(steps, Written::keyContent, change);
  }
}
