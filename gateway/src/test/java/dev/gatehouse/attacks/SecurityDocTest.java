package dev.gatehouse.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/security.md says is tested, is; and each attack here is said there. */
final class SecurityDocTest {
  private static final Path DOC = Path.of("..", "docs", "security.md");
  private static final Path TESTS = Path.of("src", "test", "java", "dev", "gatehouse");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:IT|Test|Contract))`");

  @Test
  void doc_namesTests_thatExist() throws IOException {
    assertThat(named()).hasSizeGreaterThan(20).isSubsetOf(classes(TESTS));
  }

  @Test
  void doc_namesAll_ofThisPackage() throws IOException {
    var ours =
        classes(TESTS.resolve("attacks")).stream()
            .filter(name -> name.endsWith("IT"))
            .collect(Collectors.toSet());
    assertThat(named()).containsAll(ours);
  }

  /** A row without a test is a promise that nobody keeps. */
  @Test
  void doc_eachControl_namesATest() throws IOException {
    assertThat(Files.readString(DOC).lines())
        .filteredOn(line -> line.startsWith("|") && line.chars().filter(c -> c == '|').count() == 4)
        .filteredOn(line -> !line.startsWith("|---") && !line.startsWith("| attack |"))
        .isNotEmpty()
        .allMatch(line -> TEST.matcher(line).find());
  }

  private static Set<String> named() throws IOException {
    return TEST.matcher(Files.readString(DOC))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  private static Set<String> classes(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }
}
