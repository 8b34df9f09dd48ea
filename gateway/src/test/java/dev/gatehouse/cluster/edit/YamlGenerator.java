package dev.gatehouse.cluster.edit;

import java.util.Random;

/** Writes YAML as people do: with comments, blank lines, both styles, and every kind of quote. */
final class YamlGenerator {
  private static final String[] SCALARS = {
    "1",
    "plain words",
    "'it''s'",
    "\"two \\\" \\n lines\"",
    "30m",
    "true",
    "2026-11-30",
    "12:30",
    "'100:30:400'",
    "'::1'",
    "\u00C4mter",
    "\uD83D\uDE80",
    "''",
    "a#b",
    "http://x/?y=z"
  };

  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private int names;

  private YamlGenerator(long seed) {
    random = new Random(seed);
  }

  static String text(long seed) {
    var generator = new YamlGenerator(seed);
    if (generator.one(6)) {
      generator.text.append("\uFEFF");
    }
    if (generator.one(3)) {
      generator.text.append("# The file\n\n");
    }
    if (generator.one(8)) {
      generator.text.append("---\n");
    }
    generator.mapping(0, 0);
    if (generator.one(4)) {
      generator.text.append("\n# the end\n");
    }
    var text = generator.text.toString();
    if (generator.one(5)) {
      text = text.stripTrailing();
    }
    return generator.one(3) ? text.replace("\n", "\r\n") : text;
  }

  private boolean one(int of) {
    return random.nextInt(of) == 0;
  }

  private String scalar() {
    return SCALARS[random.nextInt(SCALARS.length)];
  }

  private String name() {
    names++;
    return switch (random.nextInt(8)) {
      case 0 -> "'key." + names + "'";
      case 1 -> "\"key " + names + "\"";
      case 2 -> Integer.toString(8000 + names);
      default -> "key" + names;
    };
  }

  private void mapping(int indent, int depth) {
    for (var i = 1 + random.nextInt(4); i > 0; i--) {
      between(indent);
      text.append(" ".repeat(indent)).append(name()).append(':');
      value(indent, depth);
    }
    if (one(4)) {
      text.append(" ".repeat(indent)).append("# commented: out\n");
    }
  }

  private void between(int indent) {
    if (one(4)) {
      text.append(one(5) ? "\n\n" : "\n");
    }
    if (one(3)) {
      text.append(" ".repeat(indent)).append("# About the next: it's 'so'\n");
    }
    if (one(10)) {
      text.append("# far left\n");
    }
  }

  private void value(int indent, int depth) {
    switch (random.nextInt(depth > 3 ? 5 : 10)) {
      case 0 -> line("");
      case 1 -> line(" " + flow(0));
      case 2 -> several(indent);
      case 3, 4, 5 -> line(" " + scalar());
      case 6, 7 -> {
        line("");
        mapping(indent + 2 + random.nextInt(2), depth + 1);
      }
      default -> {
        line("");
        sequence(one(2) ? indent : indent + 2, depth + 1);
      }
    }
  }

  private void line(String value) {
    text.append(value).append(one(4) ? "  # by the way" : "").append('\n');
  }

  private void several(int indent) {
    var margin = " ".repeat(indent + 2);
    switch (random.nextInt(4)) {
      case 0 -> text.append(" |\n" + margin + "one # no comment\n\n" + margin + "  two\n");
      case 1 -> text.append(" >-\n" + margin + "folded\n" + margin + "text\n");
      case 2 -> text.append(" 'quoted\n\n" + margin + "# text'\n");
      default -> text.append(" plain\n" + margin + "over lines\n");
    }
  }

  private String flow(int depth) {
    return switch (random.nextInt(depth > 2 ? 1 : 5)) {
      case 1 -> "[]";
      case 2 -> "{}";
      case 3 -> "[" + flow(depth + 1) + ", " + flow(depth + 1) + "]";
      case 4 ->
          "{" + name() + ": " + flow(depth + 1) + ", " + name() + ": " + flow(depth + 1) + "}";
      default -> SCALARS[random.nextInt(SCALARS.length - 1)];
    };
  }

  private void sequence(int indent, int depth) {
    for (var i = 1 + random.nextInt(3); i > 0; i--) {
      between(indent);
      text.append(" ".repeat(indent)).append('-');
      if (one(3) && depth < 4) {
        text.append(' ').append(name()).append(": ").append(scalar()).append('\n');
        mapping(indent + 2, depth + 1);
      } else {
        line(one(8) ? "" : " " + flow(1));
      }
    }
  }
}
