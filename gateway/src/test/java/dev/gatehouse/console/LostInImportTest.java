package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.name.Username;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An administrator imported two people, and one was added: "1 person is added", exit 0. The line
 * between the two entries held a blank, so that to the reader it was one entry. Nobody in a file
 * may be lost without a word, however the file was written.
 */
final class LostInImportTest {
  private final ConsoleFixture fixture = new ConsoleFixture();

  private ConsoleFixture.Outcome importing(String file) {
    return fixture.gate(ROOT, "user import", file);
  }

  private static String entry(String user) {
    return "dn: uid=%1$s,ou=people,dc=example,dc=com\nobjectClass: posixAccount\nuid: %1$s\n"
        .formatted(user);
  }

  static Stream<Arguments> soundFiles() {
    var anna = entry("anna");
    var carl = entry("carl");
    return Stream.of(
        Arguments.of("as it should be", anna + "\n" + carl),
        Arguments.of("several empty lines", anna + "\n\n\n" + carl + "\n\n"),
        Arguments.of("no end of the last line", anna + "\n" + carl.strip()),
        Arguments.of("lines of Windows", (anna + "\n" + carl).replace("\n", "\r\n")),
        Arguments.of("lines of an old Macintosh", (anna + "\n" + carl).replace("\n", "\r")),
        Arguments.of("a byte order mark", "\ufeff" + anna + "\n" + carl),
        Arguments.of("a version", "version: 1\n" + anna + "\n" + carl),
        Arguments.of("a version, apart", "version: 1\n\n" + anna + "\n" + carl),
        Arguments.of("comments", "# a\n" + anna + "# end\n\n# next\n" + carl),
        Arguments.of("a comment that goes on with a dn", anna + "# was\n dn: x\n\n" + carl),
        Arguments.of("a folded name", anna.replace("ou=peo", "ou=p\n eo") + "\n" + carl),
        Arguments.of("names in base64", anna.replace("uid: anna", "uid:: YW5uYQ==") + "\n" + carl),
        Arguments.of("words in capitals", anna.replace("dn:", "DN:") + "\n" + carl),
        Arguments.of("a blank in the last line", anna + "\n" + carl + " \n"),
        Arguments.of(
            "changes that add", anna.replace("\nobj", "\nchangetype: add\nobj") + "\n" + carl));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("soundFiles")
  void import_soundFile_addsBoth(String story, String file) {
    var outcome = importing(file);
    assertThat(outcome.err()).as(story).isEmpty();
    assertThat(outcome.out()).startsWith("2 people are added");
    assertThat(List.of("anna", "carl"))
        .allSatisfy(u -> assertThat(fixture.people.person(new Username(u))).isPresent());
  }

  static Stream<Arguments> unsoundFiles() {
    var anna = entry("anna");
    var carl = entry("carl");
    return Stream.of(
        Arguments.of("a blank between", anna + " \n" + carl, "line 5: an entry begins here"),
        Arguments.of("blanks between", anna + "   \n" + carl, "line "),
        Arguments.of("a tab between", anna + "\t\n" + carl, "line "),
        Arguments.of("nothing between", anna + carl, "line 4: an entry begins here"),
        Arguments.of("a comment between", anna + "#\n" + carl, "line 5: an entry begins here"),
        Arguments.of("a blank after a version", "version: 1\n \n" + anna + " \n" + carl, "line "),
        Arguments.of("a tab that folds", anna.replace("ou=peo", "ou=p\n\teo"), "line "),
        Arguments.of("a blank at an end", anna.replace("uid: anna", "uid: anna "), "line "),
        Arguments.of("a change", anna.replace("\nobj", "\nchangetype: delete\nobj"), "line 2: "),
        Arguments.of(
            "two by one name",
            anna.replace("uid: anna", "uid: anna\nuid: carl"),
            "1\tanna\twrong\tuid: the entry has 2 of them"),
        Arguments.of(
            "two numbers",
            anna + "uidNumber: 4711\nuidNumber: 4712\n",
            "1\tanna\twrong\tuidNumber: the entry has 2 of them"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unsoundFiles")
  void import_unsoundFile_isRefusedWithItsLine(String story, String file, String expected) {
    var outcome = importing(file);
    assertThat(outcome.exit()).as(story).isEqualTo(65);
    assertThat(outcome.out() + outcome.err()).contains(expected);
    assertThat(fixture.people.people()).hasSize(4);
  }

  /** Each way of writing one, a hundred times in one file: no entry counts as part of another. */
  @Test
  void import_hundredEntries_addsAHundred() {
    var file =
        Stream.iterate(0, i -> i + 1).limit(100).map(i -> entry("p" + i)).collect(joining("\n"));
    assertThat(importing(file).out()).startsWith("100 people are added");
  }
}
