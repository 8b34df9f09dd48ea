package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.doctor.Check;
import dev.gatehouse.doctor.Finding;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@code gate doctor}: what the gateway can examine, as people, scripts and programs read it. */
final class DoctorTest {
  private final ConsoleFixture fixture = new ConsoleFixture();

  private record Fixed(String subject, Supplier<List<Finding>> found) implements Check {
    @Override
    public List<Finding> findings() {
      return found.get();
    }
  }

  private void finds(String subject, Finding... findings) {
    fixture.checks.add(new Fixed(subject, () -> List.of(findings)));
  }

  @Test
  void doctor_allIsWell_isNoFailure() {
    finds("Kubernetes", Finding.ok("it answers"));
    finds("Quotas", Finding.warning("nearly full", "raise it"));
    var outcome = fixture.gate(ROOT, "doctor");
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out())
        .isEqualTo("Kubernetes\tok\tit answers\t-\nQuotas\twarning\tnearly full\traise it\n");
  }

  @Test
  void doctor_problem_isInTheStatusAndTheCode() {
    finds("Directory", Finding.problem("nobody answers", "start it"));
    var outcome = fixture.gate(ROOT, "doctor --json");
    assertThat(outcome.exit()).isEqualTo(69);
    assertThat(outcome.out()).contains("\"whatToDo\" : \"start it\"");
    assertThat(outcome.err()).contains("1 problem found", "(doctor-problem)");
  }

  @Test
  void doctor_checkThatFails_keepsNoOtherFromLooking() {
    fixture.checks.add(
        new Fixed(
            "Storage",
            () -> {
              throw new IllegalStateException("no way");
            }));
    finds("Nodes", Finding.ok("all 3 are ready"));
    assertThat(fixture.gate(ROOT, "doctor").out())
        .isEqualTo(
            """
            Storage\tnot checked\tcould not be looked at: no way\tsee the log
            Nodes\tok\tall 3 are ready\t-
            """);
  }

  @Test
  void doctor_onTerminal_standsInGroupsWithWhatToDoBelow() throws Exception {
    finds("Kubernetes", Finding.ok("Kubernetes 1.31 answers"));
    finds(
        "Directory",
        Finding.problem(
            "ldaps://ldap.example.com:636 does not answer: the connection was refused by the host",
            "check its address and the firewall"));
    finds("Kubernetes", Finding.ok("its clock and this one agree"));
    finds("Isolation", Finding.notChecked("whether rules are kept", "try --probe"));
    try (var terminal = new PtyStreams("xterm-256color")) {
      terminal.noColor = true;
      terminal.run(fixture.console(), ROOT, "doctor");
      assertThat(terminal.exit()).isEqualTo(69);
      assertThat(terminal.plainText())
          .isEqualTo(
              """
              Kubernetes
                ok           Kubernetes 1.31 answers
                ok           its clock and this one agree

              Directory
                problem      ldaps://ldap.example.com:636 does not answer: the connection was
                             refused by the host
                             → check its address and the firewall

              Isolation
                not checked  whether rules are kept
                             → try --probe

              2 ok, 0 warnings, 1 problem, 1 not checked
              gate: 1 problem found; what to do stands there (doctor-problem)
              """);
    }
  }
}
