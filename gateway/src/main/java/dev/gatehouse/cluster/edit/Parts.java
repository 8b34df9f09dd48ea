package dev.gatehouse.cluster.edit;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentEndEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads the parts of a YAML text from the library's events, because its nodes do not tell where an
 * alias stands.
 */
final class Parts {
  private static final int MAX_CODE_POINTS = 4 << 20;
  private static final int MAX_DEPTH = 20;
  private static final int MAX_ALIASES = 20;

  private final String text;
  private final Iterator<Event> events;
  private final Resolver resolver = new Resolver();
  private final Map<String, Part> anchors = new HashMap<>();
  private final boolean supplementary;

  private Parts(String text) {
    this.text = text;
    this.supplementary = text.codePoints().anyMatch(Character::isSupplementaryCodePoint);
    this.events = new Yaml().parse(new StringReader(text)).iterator();
  }

  /**
   * Returns the root; empty if the text has no key and no value.
   *
   * @throws UserError if that is no YAML, or more than one document
   */
  static Optional<Part> of(String text) {
    try {
      // Checks what events do not: limits, aliases, that there is one document.
      if (new Yaml(limits()).compose(new StringReader(text)) == null) {
        return Optional.empty();
      }
      return Optional.of(new Parts(text).root());
    } catch (YAMLException | StringIndexOutOfBoundsException e) {
      throw new UserError(
          ExitCode.DATAERR,
          "the YAML cannot be read: " + Quote.plain(String.valueOf(e.getMessage())));
    }
  }

  private static LoaderOptions limits() {
    var limits = new LoaderOptions();
    limits.setCodePointLimit(MAX_CODE_POINTS);
    limits.setNestingDepthLimit(MAX_DEPTH);
    limits.setMaxAliasesForCollections(MAX_ALIASES);
    return limits;
  }

  private Part root() {
    while (true) {
      switch (events.next()) {
        case NodeEvent node -> {
          return part(node);
        }
        case DocumentEndEvent _ -> throw new YAMLException("there is no value");
        default -> {}
      }
    }
  }

  private Part part(Event event) {
    return switch (event) {
      case AliasEvent alias -> alias(alias);
      case ScalarEvent scalar -> named(scalar.getAnchor(), scalar(scalar));
      case SequenceStartEvent start -> named(start.getAnchor(), sequence(start));
      case MappingStartEvent start -> named(start.getAnchor(), mapping(start));
      default -> throw new YAMLException("unexpected " + event);
    };
  }

  private Part named(@Nullable String anchor, Part part) {
    if (anchor != null) {
      anchors.put(anchor, part);
    }
    return part;
  }

  private Part alias(AliasEvent alias) {
    var target = anchors.get(alias.getAnchor());
    if (target == null) {
      throw new YAMLException("the alias *%s stands in itself".formatted(alias.getAnchor()));
    }
    return new Part.Alias(at(alias.getStartMark()), at(alias.getEndMark()), target);
  }

  private Part scalar(ScalarEvent scalar) {
    var start = at(scalar.getStartMark());
    var end = at(scalar.getEndMark());
    var explicit = scalar.getTag();
    var tag =
        explicit == null || explicit.equals("!")
            ? resolver
                .resolve(
                    NodeId.scalar,
                    scalar.getValue(),
                    scalar.getImplicit().canOmitTagInPlainScalar())
                .getValue()
            : explicit;
    var style = Optional.ofNullable(scalar.getScalarStyle().getChar()).orElse(Part.Scalar.PLAIN);
    var block = style == '|' || style == '>';
    return new Part.Scalar(
        start, block ? blockEnd(start, end) : end, tag, scalar.getValue(), style);
  }

  /** Blank lines below it belong to it only if its header says to keep them. */
  private int blockEnd(int start, int end) {
    var keeps = text.substring(start, lineEnd(start)).split("#", 2)[0].contains("+");
    if (!keeps) {
      return start + text.substring(start, end).stripTrailing().length();
    }
    var before = end;
    if (before > start && text.charAt(before - 1) == '\n') {
      before--;
    }
    if (before > start && before < end && text.charAt(before - 1) == '\r') {
      before--;
    }
    return before;
  }

  private int lineEnd(int from) {
    var end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private Part sequence(SequenceStartEvent begin) {
    var items = new ArrayList<Part>();
    var last = at(begin.getEndMark());
    for (var event = events.next(); ; event = events.next()) {
      if (event instanceof CollectionEndEvent end) {
        return new Part.Sequence(
            at(begin.getStartMark()),
            end(begin, end, last),
            tag(begin, Content.SEQ),
            isFlow(begin),
            items);
      }
      var item = part(event);
      items.add(item);
      last = item.end();
    }
  }

  private Part mapping(MappingStartEvent begin) {
    var entries = new ArrayList<Part.Entry>();
    var last = at(begin.getEndMark());
    for (var event = events.next(); ; event = events.next()) {
      if (event instanceof CollectionEndEvent end) {
        return new Part.Mapping(
            at(begin.getStartMark()),
            end(begin, end, last),
            tag(begin, Content.MAP),
            isFlow(begin),
            entries);
      }
      var key = part(event);
      var value = part(events.next());
      entries.add(new Part.Entry(key, value));
      last = Math.max(key.end(), value.end());
    }
  }

  private int end(CollectionStartEvent begin, CollectionEndEvent end, int last) {
    return isFlow(begin) ? at(end.getEndMark()) : last;
  }

  private static boolean isFlow(CollectionStartEvent begin) {
    return begin.getFlowStyle() == org.yaml.snakeyaml.DumperOptions.FlowStyle.FLOW;
  }

  private static String tag(CollectionStartEvent begin, String otherwise) {
    var tag = begin.getTag();
    return tag == null || tag.equals("!") ? otherwise : tag;
  }

  /** A mark counts code points, a string counts char values. */
  private int at(Mark mark) {
    return supplementary ? text.offsetByCodePoints(0, mark.getIndex()) : mark.getIndex();
  }
}
