package dev.gatehouse.workspace.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that starts and watches over services, run by this machine's shell. */
class ServiceProgramIT {
  @TempDir Path folder;
  private Path home;
  private Path running;
  private Path script;

  @BeforeEach
  void install() throws IOException {
    Programs.require("flock", "util-linux");
    home = Files.createDirectory(folder.resolve("home"));
    running = folder.resolve("run");
    script = ServiceProgram.install(folder, running).script();
  }

  @AfterEach
  void stopAll() {
    for (var name : List.of("one", "two")) {
      ask("do stop", "name " + name);
    }
  }

  private Program program() {
    return Program.in(home, List.of("sh", script.toString()))
        .with("GATEHOUSE_SERVICES", running.toString());
  }

  private String ask(String... lines) {
    return program().run(String.join("\n", lines) + "\n\n").ok().stdout();
  }

  private String start(String name, String command) {
    return program().run(request(name, command) + "ready\n").ok().stdout();
  }

  private static String request(String name, String command) {
    return "do start\nname %s\ncommand %s\nfolder ~\n\n".formatted(name, command);
  }

  private String log(String name) {
    return Folders.read(home.resolve(".local/state/gatehouse/services/main/" + name));
  }

  /** As of two gateways. */
  @Test
  void start_byManyAtOnce_startsOne() {
    List<Running> starts = Stream.generate(() -> program().typed().start()).limit(5).toList();
    starts.forEach(start -> start.type(request("one", "echo begun; exec sleep 1000")));
    starts.forEach(start -> start.awaitStdout("state one starting"));
    starts.forEach(start -> start.type("ready\n"));
    assertThat(starts)
        .allSatisfy(start -> assertThat(start.await().stdout()).contains("state one running"));
    assertThat(log("one.log")).isEqualTo("begun\n");
  }

  @Test
  void service_crashesAgainAndAgain_isGivenUp() {
    start("one", "echo begun; test -e once && exit 4; touch once; sleep 1; exit 4");

    Poll.until(
        () -> "the end of it: " + ask("do states"),
        Duration.ofMinutes(1),
        () -> ask("do states").contains("state one failed"));
    assertThat(log("one.log").lines().filter("begun"::equals)).hasSize(6);
    assertThat(ask("do states")).containsPattern("state one failed \\d+ \\d+ 5 4");
  }

  @Test
  void service_endsWithoutMistake_staysStopped() {
    start("one", "sleep 1; exit 0");

    Poll.until("its end", () -> ask("do states").contains("state one stopped"));
    assertThat(ask("do states")).containsPattern("state one stopped 0 \\d+ 0 0");
  }

  @Test
  void watcher_isKilled_nextStartEndsWhatItLeft() throws IOException {
    var before = start("one", "exec sleep 1000");
    var left = pid(before);
    ProcessHandle.of(Long.parseLong(Files.readString(running.resolve("one/watcher")).strip()))
        .orElseThrow()
        .destroyForcibly();
    Poll.until("it is seen", () -> ask("do states").contains("state one lost " + left));

    assertThat(start("one", "exec sleep 1000")).contains("state one running ");
    Poll.until("what was left has ended", () -> hasEnded(left));
  }

  private static long pid(String states) {
    return Long.parseLong(states.lines().toList().getLast().split(" ")[3]);
  }

  /** A process that nobody has waited for has ended all the same. */
  private static boolean hasEnded(long pid) throws IOException {
    var status = Path.of("/proc", "" + pid, "status");
    return !Files.exists(status) || Files.readString(status).contains("State:\tZ");
  }

  @Test
  void log_aboveItsSize_keepsTheEnd() throws IOException {
    start("one", "yes 0123456789 | head -n 300000; exec sleep 1000");

    var file = home.resolve(".local/state/gatehouse/services/main/one.log");
    Poll.until("it is cut", () -> Files.size(file) < 1 << 20);
    assertThat(log("one.log.1")).hasSize(1 << 20).endsWith("0123456789\n");
    assertThat(ask("do logs", "name one", "lines 2")).endsWith("log 0123456789\nlog 0123456789\n");
  }

  @Test
  void folder_isMissing_isToldSo() {
    assertThat(
            program().run("do start\nname two\ncommand true\nfolder ~/nowhere\n\n").ok().stdout())
        .contains("state two failed")
        .contains("log gatehouse: there is no folder " + home.resolve("nowhere"));
  }

  @Test
  void token_askedForByMany_isOne() {
    List<Running> asking = Stream.generate(() -> program().typed().start()).limit(5).toList();
    asking.forEach(one -> one.type("do token\nname one\n\n"));
    assertThat(asking.stream().map(one -> one.await().stdout()).distinct())
        .singleElement()
        .asString()
        .containsPattern("token [0-9a-f]{48}\n");
  }

  @Test
  void request_withoutName_isRefused() {
    assertThat(program().run("do start\nname ../x\n\n").stdout())
        .contains("error request the service has no name");
  }
}
