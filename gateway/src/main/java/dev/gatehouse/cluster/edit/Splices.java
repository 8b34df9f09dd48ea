package dev.gatehouse.cluster.edit;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes one edit. Whoever calls this proves the result: see {@link DefinitionText}. */
final class Splices {
  /** Behind the header of a block scalar. */
  private static final Pattern HEADER_COMMENT = Pattern.compile("^[|>][-+0-9]*([ \t]+#[^\r\n]*)");

  private final String text;
  private final Lines lines;
  private final List<Splice> splices = new ArrayList<>();
  private boolean endsOpen;

  /** These characters are replaced. */
  private record Splice(int start, int end, String text) {}

  /**
   * Where a value stands.
   *
   * @param opening behind the colon or dash before it
   * @param column of its key or dash
   * @param inFlow whether it stands between brackets
   */
  private record Slot(int opening, int column, boolean isItem, boolean inFlow) {}

  Splices(String text) {
    this.text = text;
    this.lines = new Lines(text);
  }

  /** Returns the text with all splices made. */
  String made() {
    var made = new StringBuilder(text);
    // From the end on; of two at one place the longer first, or the shorter would move it.
    splices.stream()
        .sorted(Comparator.comparingInt(Splice::start).thenComparingInt(Splice::end).reversed())
        .forEach(s -> made.replace(s.start(), s.end(), s.text()));
    if (endsOpen && !made.isEmpty() && !text.endsWith("\n") && endsBehind()) {
      made.append(lines.eol());
    }
    return made.toString();
  }

  /** Whether what is new is the last of the text. */
  private boolean endsBehind() {
    return splices.stream().anyMatch(s -> s.end() == text.length() && !s.text().isEmpty());
  }

  private void splice(int start, int end, String with) {
    splices.add(new Splice(start, end, with));
  }

  // ---- a value ----

  /** Writes a value where one stands. */
  void set(Located place, Written value) {
    endsOpen |= value.endsOpen();
    var slot = slot(place);
    var part = place.part();
    if (slot.inFlow()) {
      var flow = value.inFlow().lines().getFirst();
      splice(part.start(), part.end(), isEmpty(part) ? " " + flow : flow);
    } else if (value.block() && !slot.isItem()) {
      setBlock(slot, part, value);
    } else if (isBlock(part) && !isOnLineOf(slot.opening(), part)) {
      splice(lines.end(slot.opening()), lines.ownEnd(part.end(), slot.column()), "");
      splice(slot.opening(), slot.opening(), " " + inline(value, slot.column() + 2));
    } else {
      setInline(slot, part, value);
    }
  }

  private void setInline(Slot slot, Part part, Written value) {
    var comment = headerComment(part);
    var end = part.end();
    if (isBlock(part)) {
      // A comment behind its last line speaks of that line.
      end = lines.end(end);
    } else if (value.lines().size() > 1) {
      // The comment behind the value goes behind the first line; below it could be text.
      comment = comment.isEmpty() ? text.substring(end, lines.end(end)) : comment;
      end = lines.end(end);
    }
    var first = (isEmpty(part) ? " " : "") + value.lines().getFirst() + comment;
    var rest = value.tail(slot.column() + 2);
    splice(part.start(), end, join(first, rest));
  }

  private void setBlock(Slot slot, Part part, Written value) {
    if (isBlock(part) && !isOnLineOf(slot.opening(), part)) {
      var written = String.join(lines.eol(), value.indented(indent(slot, part, value)));
      splice(lines.start(part.start()), lines.ownEnd(part.end(), slot.column()), written);
      return;
    }
    var written = lines.eol() + String.join(lines.eol(), value.indented(slot.column() + 2));
    if (!isEmpty(part)) {
      splice(slot.opening(), part.end(), headerComment(part));
    }
    splice(lines.end(part.end()), lines.end(part.end()), written);
  }

  /** A list may stand right below its key, a mapping may not. */
  private int indent(Slot slot, Part part, Written value) {
    var column = lines.column(part.start());
    var isList = value.content() instanceof Content.Sequence;
    return column > slot.column() || isList ? column : slot.column() + 2;
  }

  private String inline(Written value, int indent) {
    return join(value.lines().getFirst(), value.tail(indent));
  }

  private String join(String first, List<String> rest) {
    return rest.isEmpty() ? first : first + lines.eol() + String.join(lines.eol(), rest);
  }

  private String headerComment(Part part) {
    if (part instanceof Part.Scalar s && s.isBlock()) {
      var comment = HEADER_COMMENT.matcher(text.substring(s.start(), s.end()));
      return comment.find() ? comment.group(1) : "";
    }
    return "";
  }

  private boolean isOnLineOf(int at, Part part) {
    return lines.start(at) == lines.start(part.start());
  }

  private static boolean isEmpty(Part part) {
    return part.start() == part.end();
  }

  private static boolean isBlock(Part part) {
    return switch (part) {
      case Part.Mapping m -> !m.flow();
      case Part.Sequence s -> !s.flow();
      case Part.Scalar _, Part.Alias _ -> false;
    };
  }

  private Slot slot(Located place) {
    var above = place.above().orElseThrow();
    return switch (above.part()) {
      case Part.Mapping m -> {
        var entry = m.entries().get(place.index());
        var colon = m.flow() ? entry.value().start() : skip(entry.key().end(), ':');
        yield new Slot(colon, lines.column(entry.key().start()), false, m.flow());
      }
      case Part.Sequence s -> {
        var dash = s.flow() ? place.part().start() : dash(s, place.index());
        yield new Slot(s.flow() ? dash : dash + 1, lines.column(dash), true, s.flow());
      }
      case Part.Scalar _, Part.Alias _ -> throw new IllegalStateException("nothing stands in it");
    };
  }

  private int dash(Part.Sequence list, int index) {
    var from = index == 0 ? list.start() : list.items().get(index - 1).end();
    return skip(from, '-') - 1;
  }

  /** Returns the place behind the next indicator, over blanks, comments, an anchor and a tag. */
  private int skip(int from, char indicator) {
    var at = from;
    while (at < text.length() && text.charAt(at) != indicator) {
      switch (text.charAt(at)) {
        case ' ', '\t', '\r', '\n', '?' -> at++;
        case '#' -> at = lines.end(at);
        case '&', '!' -> {
          while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
          }
        }
        default -> throw unusual();
      }
    }
    if (at == text.length()) {
      throw unusual();
    }
    return at + 1;
  }

  private static UserError unusual() {
    return new UserError(
        ExitCode.DATAERR, "the YAML is written in an unusual way there; edit the text as a whole");
  }

  // ---- something new ----

  /** Adds a key to a mapping, or to what is empty and may be one. */
  void addKey(Optional<Located> mapping, String name, Written value) {
    endsOpen |= value.endsOpen();
    if (mapping.isEmpty()) {
      var end = text.isEmpty() || text.endsWith("\n") ? "" : lines.eol();
      splice(
          text.length(),
          text.length(),
          end + String.join(lines.eol(), value.asEntry(name, 0)) + lines.eol());
      return;
    }
    switch (mapping.get().part()) {
      case Part.Mapping m when m.flow() && !isSpare(m, mapping.get()) -> addInFlow(m, name, value);
      case Part.Mapping m when !m.flow() -> {
        var column = lines.column(m.entries().getFirst().key().start());
        insertBelow(m.end(), column, value.asEntry(name, column));
      }
      default -> replaceEmpty(mapping.get(), value.under(name));
    }
  }

  /** Whether it is a pair of braces with nothing in it, which block style may replace. */
  private boolean isSpare(Part.Mapping mapping, Located place) {
    return text.substring(mapping.start(), mapping.end()).replace(" ", "").equals("{}")
        && (place.above().isEmpty() || !slot(place).inFlow());
  }

  private void replaceEmpty(Located place, Written value) {
    if (place.above().isPresent()) {
      set(place, value);
    } else {
      splice(place.part().start(), place.part().end(), String.join(lines.eol(), value.indented(0)));
    }
  }

  private void addInFlow(Part.Mapping mapping, String name, Written value) {
    var entry = Written.key(name) + ": " + value.inFlow().lines().getFirst();
    if (mapping.entries().isEmpty()) {
      var opening = text.indexOf('{', mapping.start()) + 1;
      splice(opening, opening, entry);
    } else {
      var end = mapping.entries().getLast().end();
      splice(end, end, ", " + entry);
    }
  }

  void addItem(Located list, Written value) {
    endsOpen |= value.endsOpen();
    switch (list.part()) {
      case Part.Sequence s when s.flow() && s.items().isEmpty() -> {
        var opening = text.indexOf('[', s.start()) + 1;
        splice(opening, opening, value.inFlow().lines().getFirst());
      }
      case Part.Sequence s when s.flow() -> {
        var end = s.items().getLast().end();
        splice(end, end, ", " + value.inFlow().lines().getFirst());
      }
      case Part.Sequence s -> {
        var column = lines.column(dash(s, 0));
        insertBelow(s.end(), column, value.asItem(column));
      }
      default -> set(list, listOf(value));
    }
  }

  static Written listOf(Written item) {
    return item.block() || item.lines().size() > 1
        ? new Written(
            item.asItem(0), true, new Content.Sequence(Content.SEQ, List.of(item.content())))
        : Written.line("[" + item.lines().getFirst() + "]");
  }

  private void insertBelow(int end, int column, List<String> added) {
    var at = lines.ownEnd(end, column);
    splice(at, at, lines.eol() + String.join(lines.eol(), added));
  }

  // ---- less ----

  void remove(Located place) {
    var above = place.above().orElseThrow();
    switch (above.part()) {
      case Part.Mapping m -> {
        var spans = m.entries().stream().map(e -> new Span(e.key().start(), e.end())).toList();
        remove(above, m.flow(), spans, place.index(), "{}");
      }
      case Part.Sequence s when s.flow() -> {
        var spans = s.items().stream().map(i -> new Span(i.start(), i.end())).toList();
        remove(above, true, spans, place.index(), "[]");
      }
      case Part.Sequence s -> {
        var spans = new ArrayList<Span>();
        for (var i = 0; i < s.items().size(); i++) {
          var dash = dash(s, i);
          spans.add(new Span(dash, Math.max(dash + 1, s.items().get(i).end())));
        }
        remove(above, false, spans, place.index(), "[]");
      }
      case Part.Scalar _, Part.Alias _ -> throw new IllegalStateException("nothing stands in it");
    }
  }

  private record Span(int start, int end) {}

  private void remove(Located above, boolean flow, List<Span> spans, int index, String empty) {
    if (flow) {
      removeInFlow(spans, index);
    } else if (spans.size() == 1) {
      empty(above, spans.getFirst(), empty);
    } else if (lines.isFirst(spans.get(index).start())) {
      var lower = index == 0 ? 0 : spans.get(index - 1).end();
      removeLines(spans.get(index), lower);
    } else {
      removeFromLine(spans.get(index), spans.get(index + 1));
    }
  }

  /** The first of a mapping or list that begins behind a dash. */
  private void removeFromLine(Span gone, Span next) {
    if (text.substring(gone.end(), next.start()).contains("#")) {
      splice(gone.start(), lines.end(gone.end()), "");
    } else {
      splice(gone.start(), next.start(), "");
    }
  }

  private void removeInFlow(List<Span> spans, int index) {
    var gone = spans.get(index);
    if (index + 1 < spans.size()) {
      splice(gone.start(), spans.get(index + 1).start(), "");
    } else if (index > 0) {
      splice(spans.get(index - 1).end(), gone.end(), "");
    } else {
      splice(gone.start(), gone.end(), "");
    }
  }

  /** What loses its last key stays, as an empty one: without a value it could be anything. */
  private void empty(Located above, Span gone, String empty) {
    if (above.above().isEmpty()) {
      splice(gone.start(), lines.end(gone.end()), empty);
      return;
    }
    var slot = slot(above);
    if (isOnLineOf(slot.opening(), above.part())) {
      splice(above.part().start(), gone.end(), empty);
    } else {
      splice(slot.opening(), slot.opening(), " " + empty);
      removeLines(gone, slot.opening());
    }
  }

  private void removeLines(Span gone, int lower) {
    var column = lines.column(gone.start());
    var from = ownStart(gone.start(), column, lower);
    var to = lines.next(lines.ownEnd(gone.end(), column));
    var atEnd = to == text.length();
    if (isEdge(from) && !atEnd) {
      while (to < text.length() && lines.isBlank(to)) {
        to = lines.next(to);
      }
    }
    if (atEnd && from > 0 && lines.end(gone.end()) == text.length()) {
      // There was no line break at the end, so there is none.
      from = lines.end(lines.start(from - 1));
    }
    splice(from, to, "");
  }

  private boolean isEdge(int from) {
    return from == 0 || lines.isBlank(lines.start(from - 1));
  }

  /** The comment lines directly above belong to it, unless the file begins with them. */
  private int ownStart(int at, int column, int lower) {
    var start = lines.start(at);
    var own = start;
    while (own > lower) {
      var above = lines.start(before(own));
      if (above < lower || !lines.isComment(above) || lines.indentation(above) != column) {
        break;
      }
      if (above <= 1) {
        return start;
      }
      own = above;
    }
    return own;
  }

  /** Returns the place of the line break before the beginning of a line. */
  private int before(int lineStart) {
    var at = lineStart - 1;
    return at > 0 && text.charAt(at) == '\n' && text.charAt(at - 1) == '\r' ? at - 1 : at;
  }
}
