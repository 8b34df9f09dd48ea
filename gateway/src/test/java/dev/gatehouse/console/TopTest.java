package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.BOB;
import static dev.gatehouse.console.ConsoleFixture.NOW;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.nodes.Amount;
import dev.gatehouse.nodes.Node;
import dev.gatehouse.nodes.NodeReport;
import dev.gatehouse.nodes.PoolIssue;
import dev.gatehouse.nodes.PoolReport;
import dev.gatehouse.workspace.Usage;
import dev.gatehouse.workspace.WorkspaceEvent;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code gate top}: the whole platform, live on a terminal and once elsewhere. */
final class TopTest {
  private static final String OPEN = "\u001b[?1049h";
  private static final String CLOSED = "\u001b[?1049l";
  private static final long GIB = 1L << 30;

  private final ConsoleFixture fixture =
      new ConsoleFixture()
          .withWorkspace(ALICE, "main", "small", State.RUNNING)
          .withWorkspace(ALICE, "gpu", "gpu", State.STARTING)
          .withWorkspace(ALICE, "old", "small", State.STOPPED)
          .withWorkspace(BOB, "main", "small", State.RUNNING);

  private final PtyStreams terminal = new PtyStreams("xterm-256color");

  TopTest() {
    fixture.workspaces.usages.put("alice/main", new Usage(250, 3L << 20));
    fixture.workspaces.usages.put("bob/main", new Usage(900, 2L << 20));
    fixture.workspaces.events =
        List.of(new WorkspaceEvent(NOW, "Pulling", "Pulling image debian:12", false));
    fixture.gateway.connect(7, ALICE, "OpenSSH_9");
    terminal.noColor = true;
  }

  @AfterEach
  void close() {
    terminal.close();
  }

  private static Node node(String name, boolean ready, long used) {
    var has = new Amount(4000, 16 * GIB, Map.of("nvidia.com/gpu", 2L));
    var promised = new Amount(1000, 2 * GIB, Map.of("nvidia.com/gpu", 1L));
    return new Node(
        name,
        ready,
        false,
        List.of(),
        has,
        promised,
        Optional.of(new Amount(used, GIB, Map.of())),
        3);
  }

  private PtyStreams watch(String line) throws InterruptedException {
    return terminal.run(fixture.console(), ROOT, line).await("bob");
  }

  @Test
  void top_inAPipe_isPrintedOnceWithItsParts() {
    assertThat(fixture.gate(ROOT, "top").out())
        .isEqualTo(
            """
            cluster\texample.com
            uptime\tPT3H12M
            running\t2
            starting\t1
            stopping\t0
            stopped\t1
            nodes seen\t-
            workspaces\tbob\tmain\trunning\t2026-11-24T09:55:00Z\tsmall\t0.9\t1\t2097152\t2147483648\t0\t0\t-
            workspaces\talice\tmain\trunning\t2026-11-24T09:55:00Z\tsmall\t0.25\t1\t3145728\t2147483648\t0\t1\t-
            workspaces\talice\tgpu\tstarting\t2026-11-24T09:55:00Z\tgpu\t-\t1\t-\t2147483648\t0\t0\tPulling image debian:12
            connections\t7\talice\tworkspace main\t192.0.2.7\t2026-11-24T09:58:30Z\t0\t2048\t5242880
            """);
  }

  @Test
  void top_withNodes_hasThemInJson() {
    fixture.nodes = Optional.of(new NodeReport(NOW, List.of(node("n1", true, 3200))));
    assertThat(fixture.gate(ROOT, "top --json").out())
        .contains(
            "\"nodesSeen\" : \"2026-11-24T10:00:00Z\"",
            "\"node\" : \"n1\"",
            "\"cpu\" : 3.2,",
            "\"cpuAllocatable\" : 4,",
            "\"gpusRequested\" : 1,",
            "\"step\" : \"Pulling image debian:12\"");
  }

  @Test
  void top_gatewayThatDoesNotAnswer_isToldInTheStatusToo() {
    fixture.gateway.silent.add("gatehouse-2");
    var outcome = fixture.gate(ROOT, "top");
    assertThat(outcome.exit()).isEqualTo(69);
    assertThat(outcome.out()).contains("workspaces\tbob");
    assertThat(outcome.err()).contains("no answer from gatehouse-2", "(replica-silent)");
  }

  @Test
  void top_dumbTerminal_isPrintedOnce() throws Exception {
    try (var dumb = new PtyStreams("dumb")) {
      dumb.run(fixture.console(), ROOT, "top");
      assertThat(dumb.exit()).isZero();
      assertThat(dumb.text()).contains("OWNER", "alice").doesNotContain("\u001b");
    }
  }

  @Test
  void top_80By24_isThisScreen() throws Exception {
    fixture.nodes =
        Optional.of(new NodeReport(NOW, List.of(node("n1", true, 3200), node("n2", false, 100))));
    watch("top");
    assertThat(terminal.picture())
        .isEqualTo(
            """
            example.com  2026-11-24 10:00 UTC  up 3 h 12 min
            workspaces: 2 running, 1 starting, 1 stopped   connections: 1 of 1 people
            CPU      [########            ]  3.3 used, 2 promised, of 8
            memory   [#                   ]  2 GiB used, 4 GiB promised, of 32 GiB
            GPUs     [##########          ]  2 promised, of 4

            NODE  STATE      PODS  CPU       MEMORY           GPUS
            n2    not ready  3     0.1 of 4  1 GiB of 16 GiB  1 of 2
            n1    ready      3     3.2 of 4  1 GiB of 16 GiB  1 of 2

            OWNER  WORKSPACE  STATE     SINCE  CPU   MEMORY  SSH  STEP
            bob    main       running   5 min  0.9   2 MiB   0    -
            alice  main       running   5 min  0.25  3 MiB   1    -
            alice  gpu        starting  5 min  -     -       0    Pulling image debian:12
            """
                + "\n".repeat(9)
                + "q quit  TAB connections  c CPU  m memory  s sessions  a age  n name  r"
                + " reverse\n");
  }

  @Test
  void q_whileWatching_restoresTheScreen() throws Exception {
    watch("top").type("q");
    assertThat(terminal.exit()).isZero();
    assertThat(terminal.text()).startsWith(OPEN).endsWith("\u001b[?25h" + CLOSED);
  }

  @Test
  void ctrlC_whileWatching_restoresTheScreenAndIsNoFailure() throws Exception {
    watch("top").type("\u0003");
    assertThat(terminal.exit()).isZero();
    assertThat(terminal.text()).endsWith(CLOSED);
  }

  @Test
  void inputEnds_whileWatching_endsIt() throws Exception {
    watch("top").end();
    assertThat(terminal.exit()).isZero();
    assertThat(terminal.text()).endsWith(CLOSED);
  }

  @Test
  void vanish_whileWatching_endsQuietly() throws Exception {
    watch("top").vanish();
    assertThat(terminal.exit()).isIn(0, 74);
  }

  @Test
  void bug_whileWatching_restoresTheScreenAndTellsTheEvent() throws Exception {
    fixture.workspaces.broken = Optional.of(new IllegalStateException("secret detail"));
    terminal.run(fixture.console(), ROOT, "top");
    assertThat(terminal.exit()).isEqualTo(70);
    assertThat(terminal.text().substring(terminal.text().indexOf(CLOSED)))
        .contains("quote the event")
        .doesNotContain("secret");
  }

  @Test
  void cluster_thatDoesNotAnswer_isToldAndTheLastPictureStays() throws Exception {
    watch("top --every 1");
    fixture.workspaces.broken =
        Optional.of(
            new FailureException(new Failure.Unavailable("kubernetes-unavailable", "no answer")));
    terminal.await("no answer (kubernetes-unavailable)");
    assertThat(terminal.picture()).contains("bob");
    fixture.workspaces.broken = Optional.empty();
    terminal.await(_ -> !terminal.picture().contains("no answer"), "that it answers again");
  }

  /** On a slow line, what has not changed must not be sent again. */
  @Test
  void secondPicture_withoutAChange_costsNoByte() throws Exception {
    watch("top --every 1");
    var asked = fixture.workspaces.asked.get();
    var sent = terminal.text().length();
    fixture.workspaces.awaitAsked(asked + 2);
    assertThat(terminal.text().length()).isEqualTo(sent);
  }

  @Test
  void change_ofOneRow_rewritesThatRowOnly() throws Exception {
    watch("top --every 1").forget();
    fixture.workspaces.usages.put("bob/main", new Usage(1000, 2L << 20));
    terminal.await("bob");
    assertThat(terminal.text()).hasSizeLessThan(120).doesNotContain("alice", "quit");
  }

  @Test
  void sortKey_pressed_sortsAnew() throws Exception {
    watch("top");
    assertThat(terminal.picture().indexOf("bob")).isLessThan(terminal.picture().indexOf("alice"));
    terminal.forget().type("m").await("alice  main");
    assertThat(terminal.picture().indexOf("alice  main"))
        .isLessThan(terminal.picture().indexOf("bob"));
    terminal.type("r").await(_ -> isBefore("bob", "alice  main"), "bob first");
  }

  private boolean isBefore(String one, String other) {
    return terminal.picture().indexOf(one) < terminal.picture().indexOf(other);
  }

  @Test
  void tab_pressed_showsConnections() throws Exception {
    watch("top").type("\t").await("192.0.2.7");
    assertThat(terminal.picture()).contains("SESSION", "workspace main").doesNotContain("OWNER");
    terminal.type("\t").await(_ -> terminal.picture().contains("OWNER"), "the workspaces");
  }

  @Test
  void arrows_pressed_scrollWithinTheList() throws Exception {
    for (var i = 0; i < 40; i++) {
      fixture.withWorkspace(BOB, "w" + (10 + i), "small", State.RUNNING);
    }
    watch("top --sort name");
    assertThat(terminal.picture()).contains("alice  gpu").doesNotContain("w49");
    terminal.type("\u001b[B\u001bOB").await(_ -> !terminal.picture().contains("alice"), "scrolled");
    terminal.type("\u001b[B".repeat(100)).await("w49");
    terminal
        .type("\u001b[A".repeat(100))
        .await(_ -> terminal.picture().contains("alice  gpu"), "up");
  }

  @Test
  void resize_toLarger_isDrawnAnew() throws Exception {
    watch("top").forget();
    terminal.resize(120, 40);
    terminal.await("\u001b[40;1H");
    assertThat(terminal.picture()).contains("MACHINE TYPE");
  }

  private static PoolReport.Entry pool(
      String name, int ready, int desired, int max, PoolIssue... issues) {
    return new PoolReport.Entry(
        name,
        "Karpenter",
        true,
        Optional.empty(),
        true,
        0,
        Optional.of(max),
        Optional.of(desired),
        ready,
        List.of(),
        false,
        List.of(issues),
        List.of(),
        Optional.empty());
  }

  @Test
  void top_pools_areOneLine_andATableInJson() throws Exception {
    fixture.pools =
        Optional.of(
            new PoolReport(
                NOW,
                List.of(
                    pool("cpu", 3, 3, 3),
                    pool("gpu", 1, 2, 4, new PoolIssue("None", "no machine", Optional.empty())))));
    watch("top");
    assertThat(terminal.picture()).contains("pools:  cpu 3/3  gpu 1+1/4 !\n");
    assertThat(fixture.gate(ROOT, "top --json").out())
        .contains("\"pool\" : \"gpu\"", "\"desired\" : 2", "no machine");
  }

  @Test
  void nodes_thatAreToldNoMore_areMarked() throws Exception {
    fixture.nodes =
        Optional.of(new NodeReport(NOW.minus(Duration.ofMinutes(5)), List.of(node("n1", true, 1))));
    watch("top");
    assertThat(terminal.picture()).contains("nodes were seen 5 min ago");
  }

  @Test
  void every_outOfRange_isRefused() {
    assertThat(fixture.gate(ROOT, "top --every 0").exit()).isEqualTo(64);
    assertThat(fixture.gate(ROOT, "top --sort colour").err())
        .contains("take one of cpu, memory, sessions, age, name");
  }
}
