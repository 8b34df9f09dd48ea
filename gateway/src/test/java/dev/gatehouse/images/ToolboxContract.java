package dev.gatehouse.images;

import static dev.gatehouse.testkit.Laptop.HOST;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.BuiltImage;
import dev.gatehouse.testkit.Dial;
import dev.gatehouse.testkit.Keys;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Running;
import dev.gatehouse.testkit.Services;
import dev.gatehouse.testkit.TargetFixture;
import dev.gatehouse.testkit.Terminal;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What a workspace does with stock OpenSSH clients, whatever image it runs in. The commands use
 * nothing but a shell's own and the toolbox's busybox.
 */
abstract class ToolboxContract {
  private static final String BUSYBOX = "/gate/bin/busybox";

  /** A value that needs every kind of quoting. */
  private static final String QUOTED = "it's \"quoted\" \\\" \\ \\\\ $HOME `id` # and \t more ";

  private static final String WORKDIR = "/opt/work dir";

  /** A pod in an image that has these variables and this working folder. */
  static TargetFixture fixture(Supplier<BuiltImage> image) {
    return fixture(ToolboxPod.Way.FIRST_START, image);
  }

  static TargetFixture fixture(ToolboxPod.Way way, Supplier<BuiltImage> image) {
    return TargetFixture.of(
        () -> {
          var plain = ToolboxPod.workspace(image.get());
          return ToolboxPod.start(
              new PodVolumes(),
              way,
              plain
                  .in(WORKDIR)
                  .with("QUOTED", QUOTED)
                  .with("PATH", "/opt/tool/bin:" + plain.environment().get("PATH"))
                  .with("HOME", "/root"));
        });
  }

  private static ToolboxPod pod(Laptop laptop) {
    return (ToolboxPod) laptop.target();
  }

  // ---- sessions ----

  @Test
  void exec_writesToBothStreams_theyStayApartAndStatusArrives(Laptop laptop) {
    var result = laptop.ssh("echo out; echo err >&2; exit 7");
    assertThat(result.exit()).isEqualTo(7);
    assertThat(result.stdout()).isEqualTo("out\n");
    assertThat(result.stderr()).isEqualTo("err\n");
  }

  @Test
  void exec_readsInput_seesItsEnd(Laptop laptop) {
    var bytes = bytes(300_000);
    assertThat(laptop.openssh(HOST, BUSYBOX + " cat").run(bytes).ok().bytes()).isEqualTo(bytes);
  }

  @Test
  void shell_inTerminal_hasItAndReportsItsStatus(Laptop laptop) {
    var window = shell(laptop);
    window.type("test -t 0 && echo \"<$((40 + 2))>\"; pwd; exit 7\r");
    window.await("<42>");
    window.await(ToolboxPod.HOME + "\\r\\n");
    assertThat(window.exit()).isEqualTo(7);
  }

  @Test
  void ctrlC_inTerminal_interruptsTheCommand(Laptop laptop) {
    var sleep = "trap 'echo hit; exit 3' INT; echo up; " + BUSYBOX + " sleep 1000; exit 4";
    var window = laptop.terminal(laptop.openssh("-t", HOST, sleep));
    window.await("up\\r\\n");
    window.type("\3");
    window.await("hit");
    assertThat(window.exit()).isEqualTo(3);
  }

  // ---- files ----

  @Test
  void sftp_putAndGet_isUnchanged(Laptop laptop) throws Exception {
    var bytes = bytes(3_000_000);
    Files.write(laptop.home().resolve("there"), bytes);
    laptop
        .program("sftp", "-q", "-b", "-", "-F", laptop.config().toString(), HOST)
        .run("put there sftp-file\nget sftp-file back\n")
        .ok();
    assertThat(laptop.home().resolve("back")).hasBinaryContent(bytes);
    var put = pod(laptop).home().resolve("sftp-file");
    assertThat(Files.getAttribute(put, "unix:uid")).isEqualTo(PodVolumes.UID);
  }

  @Test
  void scp_thereAndBack_isUnchanged(Laptop laptop) throws Exception {
    var bytes = bytes(300_000);
    Files.write(laptop.home().resolve("there"), bytes);
    scp(laptop, "there", HOST + ":scp-file").run().ok();
    scp(laptop, HOST + ":scp-file", "back").run().ok();
    assertThat(laptop.home().resolve("back")).hasBinaryContent(bytes);
  }

  // ---- forwards ----

  @Test
  void localForward_toPortInside_reachesIt(Laptop laptop) throws Exception {
    var port = Ports.free();
    tunnel(laptop, "-L", port + ":localhost:2222");
    try (var connection = Dial.tcp(port).connect()) {
      var greeting = Channels.newInputStream(connection).readNBytes("SSH-2.0-".length());
      assertThat(greeting).asString(US_ASCII).isEqualTo("SSH-2.0-");
    }
  }

  @Test
  void remoteForward_toPortOfTheLaptop_isReachedFromInside(Laptop laptop) {
    var far = laptop.keep(Listener.tcp(Services::count));
    var ssh = tunnel(laptop, "-R", "0:127.0.0.1:" + far.port());
    var port = ssh.awaitStderr("Allocated port (\\d+) for remote forward").group(1);
    var inside = "echo 123 | " + BUSYBOX + " nc 127.0.0.1 " + port;
    assertThat(laptop.ssh(inside).ok().stdout()).isEqualTo("got 4 bytes");
  }

  /** The socket is reached from the laptop by a forward, since few images have ssh-add. */
  @Test
  void agent_isForwarded_itsKeysAreSeenInside(Laptop laptop) {
    var agent = agentWithKey(laptop);
    var inside =
        laptop.start(
            laptop
                .openssh("-A", HOST, "echo \"at $SSH_AUTH_SOCK\"; " + BUSYBOX + " cat")
                .with("SSH_AUTH_SOCK", agent)
                .typed());
    var socket = inside.awaitStdout("at (/\\S+)\n").group(1);
    var near = laptop.home().resolve("near");
    tunnel(laptop, "-L", near + ":" + socket);
    var keys = laptop.program("ssh-add", "-l").with("SSH_AUTH_SOCK", near.toString()).run().ok();
    assertThat(keys.stdout()).contains("held-by-the-agent");
  }

  // ---- services ----

  @Test
  void service_asTheGatewayAsks_startsWithTheImagesPathAndStops(Laptop laptop) {
    var start =
        """
        do start
        name quiet
        workspace main
        command echo "<$PATH|$A|$QUIET_TOKEN>"; exec %s sleep 1000
        folder ~
        token QUIET_TOKEN
        env A=b c

        ready
        """
            .formatted(BUSYBOX);
    var started = service(laptop, start);
    assertThat(started).contains("home " + ToolboxPod.HOME).contains("state quiet running ");
    assertThat(service(laptop, "do logs\nname quiet\nworkspace main\n\n"))
        .containsPattern("log <" + Pattern.quote(imagePath(laptop)) + "\\|b c\\|[0-9a-f]{48}>");
    assertThat(service(laptop, "do stop\nname quiet\nworkspace main\n\n"))
        .containsPattern("state quiet stopped 0 \\d+ 0 143");
  }

  private static String service(Laptop laptop, String request) {
    return laptop.openssh("-s", HOST, "gatehouse-service").run(request).ok().stdout();
  }

  // ---- what the image says ----

  @Test
  void environment_ofTheImage_reachesExec(Laptop laptop) {
    var said = laptop.ssh("echo \"$QUOTED|$PATH|$GATEHOUSE_WORKDIR|$HOME\"").ok().stdout();
    var expected = String.join("|", QUOTED, imagePath(laptop), WORKDIR, ToolboxPod.HOME) + "\n";
    assertThat(said).isEqualTo(expected);
  }

  @Test
  void path_ofTheImage_reachesTheLoginShell(Laptop laptop) {
    var window = shell(laptop);
    window.type("echo \"<$PATH>\"\r");
    window.await(Pattern.quote("<" + imagePath(laptop) + ">"));
  }

  @Test
  void environment_ofThePod_isNotPassedOn(Laptop laptop) {
    var said = laptop.ssh("echo \"[$KUBERNETES_SERVICE_HOST$GATEHOUSE_SHELL]\"").ok().stdout();
    assertThat(said).isEqualTo("[]\n");
  }

  private static String imagePath(Laptop laptop) {
    return pod(laptop).spec().environment().get("PATH");
  }

  // ---- who is there ----

  @Test
  void names_ofPersonAndGroups_resolve(Laptop laptop) {
    assertThat(laptop.ssh("id 2> /dev/null || " + BUSYBOX + " id").ok().stdout())
        .isEqualTo("uid=23001(ada) gid=23000(research) groups=23000(research),23010(gpu)\n");
  }

  @Test
  void names_ofOthersFiles_areListed(Laptop laptop) {
    pod(laptop).volumes().write(".gatehouse-home/of-bob", "", PodVolumes.BOB);
    assertThat(laptop.ssh("ls -l of-bob 2> /dev/null || " + BUSYBOX + " ls -l of-bob").stdout())
        .containsPattern("\\bbob +research\\b");
  }

  @Test
  void session_ofAnybody_hasNoPrivilege(Laptop laptop) {
    var status = laptop.ssh(BUSYBOX + " cat /proc/self/status").ok().stdout();
    assertThat(status)
        .containsPattern("Uid:\\s+23001\\s+23001\\s+23001\\s+23001\n")
        .containsPattern("CapEff:\\s+0+\n")
        .containsPattern("CapBnd:\\s+0+\n")
        .containsPattern("NoNewPrivs:\\s+1\n")
        // SIGINT is not ignored, as sh does it for what it starts beside itself, such as sshd.
        // (busybox's own sh does ignore SIGQUIT, which is the 4.)
        .containsPattern("SigIgn:\\s+[0-9a-f]+000[04]\n");
  }

  @Test
  void orphan_ends_isReaped(Laptop laptop) {
    var started = laptop.ssh("(" + BUSYBOX + " sleep 2 > /dev/null 2>&1 & echo $!)").ok().stdout();
    var pid = Long.parseLong(started.strip());
    assertThat(pod(laptop).exists(pid)).isTrue();
    Poll.until("the end of an orphan", () -> !pod(laptop).exists(pid));
  }

  /** A login shell that has shown its prompt: what is typed earlier may get lost. */
  static Terminal shell(Laptop laptop) {
    var window = laptop.terminal(laptop.openssh(HOST));
    window.await("\\$ ");
    return window;
  }

  private static Program scp(Laptop laptop, String from, String to) {
    return laptop.program("scp", "-q", "-F", laptop.config().toString(), from, to);
  }

  private static Running tunnel(Laptop laptop, String kind, String forward) {
    var ssh = laptop.start(laptop.openssh("-N", "-v", kind, forward, HOST));
    ssh.awaitStderr(kind.equals("-R") ? "remote forward success" : "Entering interactive session");
    return ssh;
  }

  private static String agentWithKey(Laptop laptop) {
    var socket = laptop.home().resolve("a");
    laptop.start(laptop.program("ssh-agent", "-D", "-a", socket.toString()));
    Poll.until("the agent listens", () -> Files.exists(socket));
    Keys.generate(laptop.home(), "held-by-the-agent");
    laptop
        .program("ssh-add", "-q", "held-by-the-agent")
        .with("SSH_AUTH_SOCK", socket.toString())
        .run()
        .ok();
    return socket.toString();
  }

  private static byte[] bytes(int count) {
    var bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }
}
