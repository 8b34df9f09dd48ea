package dev.gatehouse.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever lies where the definition should: one clear line, quickly, and no object made of it. */
final class HostileDefinitionTest {
  @TempDir Path folder;

  private UserError load(byte[] content) throws IOException {
    return load(Files.write(folder.resolve("cluster.yaml"), content));
  }

  private static UserError load(Path file) {
    return Assertions.assertTimeout(
        Duration.ofSeconds(10),
        () -> catchThrowableOfType(UserError.class, () -> ClusterDefinitionFile.load(file)));
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("empty", "", ":1:1: the file is empty; write \\{} to take every default"),
        Arguments.of("blank", " \n\n", ":1:1: the file is empty"),
        Arguments.of("a tab", "gateway:\n\tport: 1\n", ":2:1: .*found character '\\\\t"),
        Arguments.of("not closed", "gateway: {port: 1\n", ":2:1: "),
        Arguments.of("a quote not closed", "gateway: {name: \"x\n", ":2:1: "),
        Arguments.of("two documents", "{}\n---\n{}\n", ":2:1: .*"),
        Arguments.of(
            "a zero character", "gateway:\n  name: a\0b\n", ":2:10: the character U\\+0000"),
        Arguments.of("an escape character", "# \u001B[2J\n{}", ":1:3: the character U\\+001B"),
        Arguments.of("an alias of nothing", "gateway: *nobody\n", ":1:10: .*undefined alias"),
        Arguments.of(
            "an object",
            "gateway: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]\n",
            ":1:10: Global tag is not allowed: tag:yaml.org,2002:javax.script.ScriptEngineManager"),
        Arguments.of(
            "an object as text",
            "gateway: {name: !!java.io.File /etc/passwd}\n",
            ":1:17: Global tag is not allowed: tag:yaml.org,2002:java.io.File"),
        Arguments.of(
            "a tag of one's own",
            "gateway: {name: !secret x}\n",
            ":1:17: gateway.name must be a single value, not a value with the tag '!secret'"),
        Arguments.of(
            "a merge", "gateway:\n  <<: {port: 1}\n", ":2:3: unknown key '<<'; allowed here: .*"),
        Arguments.of("a bomb", bomb(), ":1:1: Number of aliases for non-scalar nodes exceeds.*"),
        Arguments.of("a recursion", "gateway: &a {banner: *a}\n", ":1:10: gateway.banner must.*"),
        Arguments.of("a key that is itself", "&a {? *a : b}\n", ":1:1: a key must be a word"),
        Arguments.of("deep", "[".repeat(100_000), ":1:1: Nesting Depth exceeded max 20"),
        Arguments.of("deep keys", "? ".repeat(100_000), ":1:1: Nesting Depth exceeded max 20"),
        Arguments.of("deep lists", "- ".repeat(100_000), ":1:1: Nesting Depth exceeded max 20"));
  }

  private static String bomb() {
    var yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (var i = 1; i < 10; i++) {
      yaml.append("a%d: &a%d [".formatted(i, i));
      yaml.append("*a%d, ".formatted(i - 1).repeat(9)).append("x]\n");
    }
    return yaml.toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void load_hostileText_isOneLineWithAPlace(String story, String yaml, String expected)
      throws IOException {
    var error = load(yaml.getBytes(UTF_8));
    assertThat(error).as(story).isNotNull();
    assertThat(error.exit()).isEqualTo(ExitCode.CONFIG);
    assertThat(error.text().lines().findFirst().orElseThrow())
        .matches(".*cluster.yaml" + expected + ".*")
        .matches("[ -~…]*");
  }

  @Test
  void load_latin1_namesLineAndByte() throws IOException {
    var error = load("gateway:\n  name: Köln\n".getBytes(ISO_8859_1));
    assertThat(error.exit()).isEqualTo(ExitCode.CONFIG);
    assertThat(error.text()).endsWith("cluster.yaml is not UTF-8: line 2, byte 19 of the file");
  }

  @Test
  void load_utf16_isNotUtf8() throws IOException {
    assertThat(load("{}".getBytes(UTF_16)).text()).contains("is not UTF-8: line 1, byte 1");
  }

  @Test
  void load_binary_isNotUtf8() throws IOException {
    var noise = new byte[1 << 20];
    new Random(1).nextBytes(noise);
    assertThat(load(noise).text()).contains("is not UTF-8");
  }

  @Test
  void load_fiveMegabytes_isTooLarge() throws IOException {
    var error = load("# long\n".repeat(800_000).getBytes(UTF_8));
    assertThat(error.exit()).isEqualTo(ExitCode.CONFIG);
    assertThat(error.text()).endsWith("cluster.yaml is larger than 4 MiB");
  }

  @Test
  void load_endlessFile_isTooLarge() {
    assertThat(load(Path.of("/dev/zero")).text()).endsWith("/dev/zero is larger than 4 MiB");
  }

  @Test
  void load_noFile_isNoInput() {
    var error = load(folder.resolve("none.yaml"));
    assertThat(error.exit()).isEqualTo(ExitCode.NOINPUT);
    assertThat(error.text()).matches("cluster definition .*/none.yaml does not exist");
  }

  @Test
  void load_folder_isNoInput() {
    var error = load(folder);
    assertThat(error.exit()).isEqualTo(ExitCode.NOINPUT);
    assertThat(error.text()).endsWith(" is a folder, not a file");
  }
}
