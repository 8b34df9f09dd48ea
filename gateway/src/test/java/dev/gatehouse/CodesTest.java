package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * docs/codes.md has the codes of the code, and no others: people search that page for what they
 * see.
 */
final class CodesTest {
  private static final Path PAGE = Path.of("../docs/codes.md");
  private static final Path SOURCES = Path.of("src/main/java");

  private static final String CODE = "[a-z]+(?:-[a-z]+)*";
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| ([^|]*`[^|]*) \\|");
  private static final Pattern QUOTED = Pattern.compile("`(" + CODE + ")`");
  private static final Pattern LOGGED = Pattern.compile("\"\\[(" + CODE + ")] ");
  private static final Pattern FAILURE =
      Pattern.compile(
          "(?:Failure\\.(?:Denied|Unavailable|Broken)|\\b(?:denied|unavailable|broken))\\(\\s*\"("
              + CODE
              + ")\"");
  private static final Pattern LOGGED_BY_PARAMETER =
      Pattern.compile("\"\\[([a-z-]*)\\{}([a-z-]*)] ");

  private static String sources = "";
  private static Set<String> documented = Set.of();

  @BeforeAll
  static void read() throws IOException {
    try (var files = Files.walk(SOURCES)) {
      sources =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .sorted()
              .map(CodesTest::text)
              .collect(Collectors.joining("\n"));
    }
    documented = new TreeSet<>();
    FIRST_CELL
        .matcher(text(PAGE))
        .results()
        .flatMap(cell -> QUOTED.matcher(cell.group(1)).results())
        .forEach(code -> documented.add(code.group(1)));
  }

  @Test
  void page_ofEachCodeInTheCode_hasIt() {
    var coded = new TreeSet<String>();
    LOGGED.matcher(sources).results().forEach(code -> coded.add(code.group(1)));
    FAILURE.matcher(sources).results().forEach(code -> coded.add(code.group(1)));
    assertThat(coded).hasSizeGreaterThan(150);
    coded.removeAll(documented);
    assertThat(coded).as("codes of the code that %s does not have", PAGE).isEmpty();
  }

  @Test
  void page_ofEachCodeThatItHas_isTrue() {
    var gone = new TreeSet<>(documented);
    gone.removeIf(CodesTest::isInTheCode);
    assertThat(gone).as("codes of %s that the code does not have", PAGE).isEmpty();
  }

  private static boolean isInTheCode(String code) {
    return sources.contains("\"" + code + "\"")
        || sources.contains("[" + code + "]")
        || LOGGED_BY_PARAMETER
            .matcher(sources)
            .results()
            .anyMatch(
                made ->
                    code.startsWith(made.group(1))
                        && code.endsWith(made.group(2))
                        && !made.group(1).concat(made.group(2)).isEmpty());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
