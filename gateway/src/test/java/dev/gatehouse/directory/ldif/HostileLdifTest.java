package dev.gatehouse.directory.ldif;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.directory.DirectoryContract;
import dev.gatehouse.directory.TestDirectories;
import dev.gatehouse.directory.embedded.EmbeddedDirectory;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A state file that is no sound directory: a clear refusal, and not a byte of it changed. */
final class HostileLdifTest {
  private static final String BASE =
      """
      dn: dc=gatehouse,dc=local
      objectClass: domain
      dc: gatehouse

      """;
  private static final String UNITS =
      """
      dn: ou=people,dc=gatehouse,dc=local
      objectClass: organizationalUnit
      ou: people

      dn: ou=groups,dc=gatehouse,dc=local
      objectClass: organizationalUnit
      ou: groups

      """;
  private static final String TREE = BASE + UNITS; // 12 lines

  @TempDir Path folder;

  private UserError open(byte[] content) throws IOException {
    var state = Files.write(TestDirectories.state(folder), content);
    var error = catchThrowableOfType(UserError.class, () -> TestDirectories.open(folder).close());
    assertThat(state).hasBinaryContent(content);
    return error;
  }

  private static String person(String... lines) {
    return "dn: uid=x,ou=people,dc=gatehouse,dc=local\nobjectClass: inetOrgPerson\nuid: x\ncn: x\n"
        + "sn: x\n"
        + String.join("\n", lines)
        + "\n\n";
  }

  static Stream<Arguments> texts() {
    var account = "objectClass: posixAccount\nhomeDirectory: /x\n";
    return Stream.of(
        Arguments.of("empty", "", ":1: the file holds no entries"),
        Arguments.of("only a comment", "# nothing\n", ":1: the file holds no entries"),
        Arguments.of("no LDIF", "hello\n", ":1: .*hello.*"),
        Arguments.of("no dn", TREE + "cn: x\nsn: x\n", ":13: .*"),
        Arguments.of("a malformed dn", TREE + "dn: people\ncn: x\n", ":13: .*"),
        Arguments.of("bad base64", TREE + person("description:: %%%"), ":\\d+: .*"),
        Arguments.of(
            "truncated", TREE + "dn: uid=x,ou=people,dc=gatehouse,dc=local\nuid", ":1[34]: .*"),
        Arguments.of(
            "a duplicate", TREE + person() + person(), ":20: entry '.*entry already exists.*"),
        Arguments.of(
            "a duplicate in other words",
            TREE + person() + person().replace("uid=x,ou", "UID=X, OU"),
            ":20: entry '.*entry already exists.*"),
        Arguments.of(
            "no base", UNITS, ":1: entry 'ou=people,dc=gatehouse,dc=local': no such object.*"),
        Arguments.of("another base", BASE.replace("dc=local", "dc=org"), ":1: entry '.*"),
        Arguments.of("no people", BASE, ": it has no entry 'ou=people,dc=gatehouse,dc=local'"),
        Arguments.of(
            "a child before its parent",
            BASE + person() + UNITS,
            ":5: entry 'uid=x,.*no such object.*"),
        Arguments.of(
            "an unknown attribute", TREE + person("colour: red"), ":13: entry 'uid=x,.*colour.*"),
        Arguments.of(
            "an unknown class", TREE + person("objectClass: human"), ":13: entry 'uid=x,.*human.*"),
        Arguments.of(
            "a missing attribute",
            TREE + person(account + "gidNumber: 1"),
            ":13: entry 'uid=x,.*uidNumber.*"),
        Arguments.of(
            "words for a number",
            TREE + person(account + "gidNumber: 1\nuidNumber: many"),
            ":13: entry 'uid=x,.*uidNumber.*"),
        Arguments.of(
            "two numbers",
            TREE + person(account + "gidNumber: 1\nuidNumber: 1\nuidNumber: 2"),
            ":13: entry 'uid=x,.*uidNumber.*"),
        Arguments.of(
            "another file's content",
            TREE + person("description:< file:///etc/passwd"),
            ":18: a value may not be read from another file \\(':<'\\)"),
        Arguments.of(
            "another file's content, folded",
            TREE + person("descrip\n tion:\n < file:///etc/passwd"),
            ":18: a value may not be read from another file \\(':<'\\)"),
        Arguments.of(
            "a change",
            "dn: dc=gatehouse,dc=local\nchangetype: delete\n",
            ":2: it is a change of an entry .*"),
        Arguments.of("escapes", "dn: \u001B[2J\u202E\n", ":1: .*"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void open_hostileText_isRefusedAndLeftAlone(String story, String ldif, String expected)
      throws IOException {
    var error = open(ldif.getBytes(UTF_8));
    assertThat(error).as(story).isNotNull();
    assertThat(error.exit()).isEqualTo(ExitCode.DATAERR);
    assertThat(error.text()).matches(".*directory.ldif" + expected).matches("[ -~…]*");
  }

  @Test
  void open_latin1_namesTheLine() throws IOException {
    var error = open((TREE + person("description: Köln")).getBytes(ISO_8859_1));
    assertThat(error.exit()).isEqualTo(ExitCode.DATAERR);
    assertThat(error.text()).contains("directory.ldif is not UTF-8: line 18, byte ");
  }

  @Test
  void open_binary_isNotUtf8() throws IOException {
    var noise = new byte[1 << 16];
    new Random(1).nextBytes(noise);
    assertThat(open(noise).text()).contains("is not UTF-8: line ");
  }

  @Test
  void open_zeros_isRefused() throws IOException {
    assertThat(open(new byte[1 << 16]).exit()).isEqualTo(ExitCode.DATAERR);
  }

  @Test
  void open_hugeFile_isTooLarge() throws IOException {
    var state = TestDirectories.state(folder);
    try (var file = new RandomAccessFile(state.toFile(), "rw")) {
      file.setLength(LdifFile.MAX_BYTES + 1L);
    }
    var error = catchThrowableOfType(UserError.class, () -> TestDirectories.open(folder).close());
    assertThat(error.exit()).isEqualTo(ExitCode.DATAERR);
    assertThat(error.text()).endsWith("directory.ldif is larger than 64 MiB");
  }

  @Test
  void open_stateIsAFolder_isNoInput() throws IOException {
    Files.createDirectory(TestDirectories.state(folder));
    var error = catchThrowableOfType(UserError.class, () -> TestDirectories.open(folder).close());
    assertThat(error.exit()).isEqualTo(ExitCode.NOINPUT);
  }

  @Test
  void open_noSeed_isNoInputAndMakesNoState() {
    var state = TestDirectories.state(folder);
    var seed = folder.resolve("none.ldif");
    var error =
        catchThrowableOfType(
            UserError.class,
            () -> EmbeddedDirectory.open(seed, state, DirectoryContract.CLOCK).close());
    assertThat(error.exit()).isEqualTo(ExitCode.NOINPUT);
    assertThat(error.text()).endsWith("none.ldif does not exist");
    assertThat(state).doesNotExist();
  }

  @Test
  void open_folderThatIsAFile_cannotBeMade() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "");
    var error =
        catchThrowableOfType(
            UserError.class, () -> TestDirectories.open(file.resolve("state")).close());
    assertThat(error.exit()).isEqualTo(ExitCode.CANTCREAT);
  }

  @Test
  void open_twice_isRefusedUntilTheFirstIsClosed() {
    try (var first = TestDirectories.open(folder)) {
      var error = catchThrowableOfType(UserError.class, () -> TestDirectories.open(folder).close());
      assertThat(error.exit()).isEqualTo(ExitCode.TEMPFAIL);
      assertThat(error.text()).startsWith("another gateway is using ");
      assertThat(first.directory()).isNotNull();
    }
    TestDirectories.open(folder).close();
  }
}
