package dev.gatehouse.app;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Dial;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Result;
import dev.gatehouse.testkit.Services;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reaches which app, and what the others read, with the real client. */
@Execution(ExecutionMode.SAME_THREAD)
class AppAccessIT {
  private static final String PROHIBITED = "open failed: administratively prohibited: ";
  private static final String FAILED = "open failed: connect failed: ";

  // Open until the JVM ends, for a class that is run again.
  private static final Listener GREETS = Listener.tcp(Services::greet);
  private static final Listener HTTP = Listener.tcp(Services::http);
  private static final int DEAD = Ports.free();

  private static StagedGateway gateway;
  private int startsBefore;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway =
                StagedGateway.start(
                    """
                    gateway: {port: 0}
                    directory: {administrators: admins}
                    apps:
                      web: {host: 127.0.0.1, ports: [%1$d, %2$d, %3$d]}
                      lab: {host: localhost, ports: [%1$d], groups: [lab, others]}
                      lost: {host: nowhere.invalid, ports: [80]}
                    """
                        .formatted(GREETS.port(), HTTP.port(), DEAD),
                    People.of("bob").add("alice", "admins").add("lisa", "lab"));
            return gateway;
          });

  @BeforeEach
  void countStarts(Laptop laptop) {
    startsBefore = gateway.workspaces().asked();
  }

  /** Whoever asks for an app alone has no workspace started. */
  @AfterEach
  void startsNoWorkspace(Laptop laptop) {
    assertThat(gateway.workspaces().asked()).isEqualTo(startsBefore);
  }

  private static Program as(String name, Laptop laptop, String... arguments) {
    return laptop
        .openssh("-l", name, "-i", gateway.people().identity(name).toString())
        .and(arguments);
  }

  private static Result reach(String name, Laptop laptop, String target) {
    return as(name, laptop, "-W", target, HOST).run();
  }

  private static void isRefused(Result result, String why) {
    assertThat(result.stdout()).isEmpty();
    assertThat(result.exit()).isEqualTo(255);
    assertThat(result.stderr()).contains(why);
  }

  // ---- granted ----

  @ParameterizedTest
  @ValueSource(strings = {"web", "WEB", "web.", "Web."})
  void administrator_stdioForward_reachesTheApp(String name, Laptop laptop) {
    var result = reach("alice", laptop, name + ":" + GREETS.port());
    assertThat(result.ok().stdout()).isEqualTo("hello");
  }

  @Test
  void administrator_localForward_reachesTheAppAgainAndAgain(Laptop laptop) {
    var port = tunnel("alice", laptop, "web:" + GREETS.port());
    for (var i = 0; i < 3; i++) {
      assertThat(Dial.tcp(port).listen()).isEqualTo("hello");
    }
  }

  @Test
  void administrator_dynamicForward_reachesTheApp(Laptop laptop) {
    Programs.require("curl", "curl");
    var port = Ports.free();
    var ssh = laptop.start(as("alice", laptop, "-vN", "-D", "127.0.0.1:" + port, HOST));
    ssh.awaitStderr("Entering interactive session");
    var url = "http://web:%d/who".formatted(HTTP.port());
    var curl = laptop.program("curl", "-sS", "--socks5-hostname", "127.0.0.1:" + port, url).run();
    assertThat(curl.ok().stdout()).isEqualTo("/who");
  }

  @Test
  void member_ofOneGroup_reachesTheApp(Laptop laptop) {
    assertThat(reach("lisa", laptop, "lab:" + GREETS.port()).ok().stdout()).isEqualTo("hello");
  }

  @Test
  void login_toTheConsole_reachesTheApp(Laptop laptop) {
    var target = "web:" + GREETS.port();
    var result = laptop.openssh("-W", target, "alice+gate@" + HOST).run();
    assertThat(result.ok().stdout()).isEqualTo("hello");
  }

  // ---- denied ----

  @Test
  void ordinaryPerson_anyForward_isDeniedAndReadsWhatToDo(Laptop laptop) {
    var why = "gatehouse: app web is for the groups admins; ask an administrator to put you into";
    isRefused(reach("bob", laptop, "web:" + GREETS.port()), PROHIBITED + why);
    var port = Ports.free();
    var forward = port + ":web:" + GREETS.port();
    var ssh = laptop.start(as("bob", laptop, "-vN", "-L", forward, HOST));
    ssh.awaitStderr("Entering interactive session");
    assertThat(Dial.tcp(port).listen()).isEmpty();
    ssh.awaitStderr(Pattern.quote(PROHIBITED + why));
    assertThat(ssh.isAlive()).isTrue();
  }

  @Test
  void ordinaryPerson_undeclaredPort_learnsNothingOfPorts(Laptop laptop) {
    isRefused(reach("bob", laptop, "web:1"), "(app-denied)");
  }

  @Test
  void administrator_appOfOtherGroups_isDenied(Laptop laptop) {
    isRefused(
        reach("alice", laptop, "lab:" + GREETS.port()),
        PROHIBITED + "gatehouse: app lab is for the groups lab, others;");
  }

  @Test
  void administrator_undeclaredPort_isToldThoseThatAre(Laptop laptop) {
    isRefused(
        reach("alice", laptop, "lost:81"),
        PROHIBITED
            + "gatehouse: app lost is not reached on port 81; take one of 80 (app-port-denied)");
  }

  @Test
  void restrictedKey_anyForward_isRefused(Laptop laptop) {
    isRefused(withKey("restrict", laptop, "web:" + GREETS.port()), PROHIBITED + "not permitted");
    isRefused(
        withKey("no-port-forwarding", laptop, "web:" + GREETS.port()),
        PROHIBITED + "not permitted");
  }

  @Test
  void permitOpen_anotherTarget_isRefused(Laptop laptop) {
    var options = "permitopen=\"web:%d\"".formatted(GREETS.port());
    assertThat(withKey(options, laptop, "web:" + GREETS.port()).ok().stdout()).isEqualTo("hello");
    isRefused(withKey(options, laptop, "web:" + HTTP.port()), PROHIBITED + "not permitted");
  }

  private static Result withKey(String options, Laptop laptop, String target) {
    gateway.people().add("kay", "admins");
    gateway.people().setKeys("kay", options + " " + gateway.people().publicKey("kay"));
    try {
      return reach("kay", laptop, target);
    } finally {
      gateway.people().remove("kay");
    }
  }

  // ---- unavailable ----

  @Test
  void app_isDownAndComesLater_isToldAndThenReached(Laptop laptop) {
    var port = Ports.free();
    var forward = port + ":web:" + DEAD;
    var ssh = laptop.start(as("alice", laptop, "-vN", "-L", forward, HOST));
    ssh.awaitStderr("Entering interactive session");
    assertThat(Dial.tcp(port).listen()).isEmpty();
    ssh.awaitStderr(
        Pattern.quote(
                FAILED
                    + "gatehouse: app web does not answer on port "
                    + DEAD
                    + ": connection refused; it is not running, or not ready yet")
            + ".*app-unreachable");
    laptop.keep(Listener.tcp(DEAD, Services::greet));
    assertThat(Dial.tcp(port).listen()).isEqualTo("hello");
  }

  @Test
  void app_hostIsUnknown_isTold(Laptop laptop) {
    isRefused(
        reach("alice", laptop, "lost:80"),
        FAILED
            + "gatehouse: app lost does not answer on port 80: its host is not known, or none of it"
            + " is running");
  }

  // ---- what others see of it ----

  @Test
  void tunnel_isOpen_isListedAndLogged(Laptop laptop) throws IOException {
    try (var log = gateway.logged()) {
      var port = tunnel("alice", laptop, "Web:" + GREETS.port());
      try (var _ = Dial.tcp(port).connect()) {
        Poll.until(
            "the log tells",
            () -> log.all().stream().anyMatch(l -> l.startsWith("[app-opened] alice from ")));
        var listed = as("alice", laptop, HOST, "gate session list --json").run().ok().stdout();
        var shown =
            Pattern.compile("\"session\" : (\\d+)")
                .matcher(listed)
                .results()
                .map(m -> as("alice", laptop, HOST, "gate session show " + m.group(1)).run())
                .map(Result::stdout)
                .toList();
        assertThat(String.join("", shown))
            .containsPattern("direct-tcpip:app\\s+Web:" + GREETS.port());
      }
    }
  }

  private static int tunnel(String name, Laptop laptop, String target) {
    var port = Ports.free();
    var ssh = laptop.start(as(name, laptop, "-vN", "-L", port + ":" + target, HOST));
    ssh.awaitStderr("Entering interactive session");
    return port;
  }
}
