package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Result;
import dev.gatehouse.testkit.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake is told in one line, with an exit code of sysexits.h, and leaves nothing behind. */
final class TryMistakesIT {
  private final TryHome home = new TryHome();

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void noArguments_printUsage() {
    var result = home.gatehouse().run();
    assertThat(result.exit()).isEqualTo(64);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr()).startsWith("Usage: gatehouse").contains("  try  ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          nope             | unknown command 'nope'; there is serve, try, plan, apply, render, restore, destroy, doctor, operate
          try --bogus      | Unknown option: '--bogus'
          try extra        | unexpected argument 'extra'
          try --port=abc   | Invalid value for option '--port': 'abc' is not a port number, from 0 to 65535
          try --port 70000 | Invalid value for option '--port': '70000' is not a port number, from 0 to 65535
          try --port -1    | Invalid value for option '--port': '-1' is not a port number, from 0 to 65535
          try --state      | Missing required parameter for option '--state' (DIR)
          """)
  void commandLine_wrong_isToldWithUsage(String arguments, String told) {
    var result = home.gatehouse(arguments.split(" ", -1)).run();
    assertThat(result.exit()).isEqualTo(64);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr().lines())
        .hasSize(2)
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("gatehouse: " + told),
            line -> assertThat(line).startsWith("Usage: gatehouse"));
  }

  @Test
  void port_taken_isToldWithTheWayOut() {
    try (var other = Listener.tcp(Services::echo)) {
      isTold(
          home.gatehouse("try", "--port", "" + other.port(), "--state", "" + home.state()).run(),
          69,
          "cannot listen on 127.0.0.1 port %d: Address already in use; choose another with --port"
              .formatted(other.port()));
    }
    try (var gateway = home.start()) {
      gateway.ssh("true").run().ok();
    }
  }

  @Test
  void clusterFile_missing_isTold() {
    isTold(
        home.fail("--cluster", "/nowhere/c.yaml"),
        66,
        "cluster definition /nowhere/c.yaml does not exist");
    assertThat(home.state()).doesNotExist();
  }

  @Test
  void clusterFile_withMistakes_isToldOneALine() {
    var file = home.home().resolve("c.yaml");
    Folders.write(file, "gateway:\n  prot: 1\n  motd: 3\nfoo: x\n");
    var result = home.fail("--cluster", file.toString());
    assertThat(result.exit()).isEqualTo(78);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("gatehouse: " + file + ":2:3: unknown key 'prot'"),
            line -> assertThat(line).startsWith("gatehouse: " + file + ":3:9: "),
            line -> assertThat(line).startsWith("gatehouse: " + file + ":4:1: unknown key 'foo'"));
    assertThat(home.state()).doesNotExist();
  }

  @Test
  void clusterFile_noYaml_isTold() {
    var file = home.home().resolve("c.yaml");
    Folders.write(file, "gateway: [\n");
    var result = home.fail("--cluster", file.toString());
    assertThat(result.exit()).isEqualTo(78);
    assertThat(result.stderr()).startsWith("gatehouse: " + file + ":2:1: ").hasLineCount(1);
  }

  @Test
  void stateFolder_isFile_isTold() {
    Folders.write(home.state(), "a file\n");
    isTold(home.fail(), 73, unusable(home.state(), "is not a folder"));
    assertThat(home.state()).hasContent("a file");
  }

  @Test
  void stateFolder_belowFile_isTold() {
    var file = Folders.write(home.home().resolve("file"), "a file\n");
    var below = file.resolve("state");
    isTold(
        home.gatehouse("try", "--state", "" + below).run(),
        73,
        unusable(below, "cannot be made: " + file + " is in the way"));
  }

  /** As mkdir makes it. */
  @Test
  void stateFolder_emptyAndOpenToOthers_isClosedAndThatIsSaid() throws IOException {
    makeState("rwxr-xr-x");
    try (var gateway = home.start()) {
      assertThat(Files.getPosixFilePermissions(home.state()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      assertThat(gateway.log())
          .contains("[state-closed] the state folder " + home.state() + " was open to others");
    }
  }

  @Test
  void stateFolder_ofSomebodyElseAndOpenToOthers_isRefused() throws IOException {
    Programs.skipUnless(
        "root".equals(System.getProperty("user.name")), "only root can chown", "sudo bash .ci/run");
    makeState("rwxr-xr-x");
    Files.setAttribute(home.state(), "unix:uid", 65_534);
    isTold(
        home.fail(),
        73,
        unusable(home.state(), "is open to others, and private keys are kept there: chmod 700 it"));
    assertThat(home.state()).isEmptyDirectory();
  }

  @Test
  void stateFolder_inUseAndOpenToOthers_isRefused() throws IOException {
    makeState("rwxr-xr-x");
    Folders.write(home.state().resolve("for-all"), "to read\n");
    isTold(
        home.fail(),
        73,
        unusable(home.state(), "is open to others, and private keys are kept there: chmod 700 it"));
    assertThat(home.state()).isDirectoryContaining("glob:**/for-all");
  }

  @Test
  void stateFolder_notWritable_isTold() throws IOException {
    makeState("r-x------");
    isTold(
        withoutPrivilege(home.gatehouse("try", "--port", "0", "--state", "" + home.state())).run(),
        73,
        unusable(home.state(), "cannot be written by this user"));
  }

  @Test
  void parentOfStateFolder_notWritable_isTold() throws IOException {
    makeState("r-x------");
    var below = home.state().resolve("below");
    isTold(
        withoutPrivilege(home.gatehouse("try", "--port", "0", "--state", "" + below)).run(),
        73,
        unusable(below, "cannot be made: " + below + " is not open to this user"));
  }

  @Test
  void directory_broken_isToldAndKept() throws IOException {
    makeState("rwx------");
    var file = Folders.write(home.state().resolve("directory.ldif"), "dn: dc=gatehouse\nrubbish\n");
    var result = home.fail();
    assertThat(result.exit()).isEqualTo(65);
    assertThat(result.stderr()).startsWith("gatehouse: " + file + ":1: The record").hasLineCount(1);
    assertThat(file).hasContent("dn: dc=gatehouse\nrubbish");
    assertThat(home.stateNames()).doesNotContain("id_ed25519", "user_ca_key");
  }

  @Test
  void seed_broken_isToldAndNothingIsMade() {
    var installation = home.home().resolve("installation");
    var config = TryHome.makeFolder(installation.resolve("config"));
    Folders.write(config.resolve("cluster.yaml"), "{}\n");
    var seed = Folders.write(config.resolve("people.ldif"), "version: 1\n\nrubbish\n");
    var program = home.gatehouse(installation, "try", "--port", "0", "--state", "" + home.state());

    var result = program.run();
    assertThat(result.exit()).isEqualTo(65);
    assertThat(result.stderr())
        .startsWith("gatehouse: " + seed + ":2: The first line")
        .hasLineCount(1);

    Folders.delete(seed);
    isTold(program.run(), 66, "directory file " + seed + " does not exist");
    assertThat(home.stateNames()).containsOnly("state", "directory.ldif.lock");
  }

  @Test
  void hostKey_broken_isToldAndKept() throws IOException {
    makeState("rwx------");
    var key = Folders.write(home.state().resolve("ssh_host_ed25519_key"), "rubbish\n");
    isTold(home.fail(), 78, key + ": not a usable private key: it holds no key");
    assertThat(key).hasContent("rubbish");
  }

  @Test
  void installation_missing_isTold() {
    var result = home.gatehouse(home.home(), "try").run();
    assertThat(result.exit()).isEqualTo(66);
    assertThat(result.stderr())
        .startsWith("gatehouse: " + home.home() + " holds no folder config")
        .hasLineCount(1);
  }

  /** That, and not a word more but for what the log says of the first start. */
  private static void isTold(Result result, int exit, String line) {
    assertThat(result.exit()).isEqualTo(exit);
    assertThat(result.stdout()).isEmpty();
    var lines = result.stderr().lines().filter(l -> !l.contains(" INFO "));
    assertThat(lines).containsExactly("gatehouse: " + line);
  }

  private static String unusable(Path folder, String why) {
    return "the state folder %s %s; choose another with --state".formatted(folder, why);
  }

  private void makeState(String mode) throws IOException {
    Files.createDirectory(home.state());
    Files.setPosixFilePermissions(home.state(), PosixFilePermissions.fromString(mode));
  }

  /** Root may write everywhere: for it the permissions count only without those capabilities. */
  private static Program withoutPrivilege(Program program) {
    if (!"root".equals(System.getProperty("user.name"))) {
      return program;
    }
    var setpriv = Programs.require("setpriv", "util-linux").toString();
    var command =
        Stream.concat(
            Stream.of(setpriv, "--bounding-set", "-dac_override,-dac_read_search"),
            program.command().stream());
    return new Program(
        command.toList(),
        program.environment(),
        program.folder(),
        program.input(),
        program.deadline());
  }
}
