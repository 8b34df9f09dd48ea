package dev.gatehouse.frontdoor.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.mfa.TotpSecret;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Result;
import dev.gatehouse.testkit.SecurityKey;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import dev.gatehouse.testkit.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Mallory has a copy of somebody's key, or has watched the password being typed. With a second
 * factor that is not enough: not to log in, not by a code that was used, not by guessing, and not
 * to set up a phone of her own where the owner has one. All with the real ssh.
 */
class SecondFactorIT {
  private static final String DEFINITION =
      """
      gateway: {port: 0}
      login:
        methods: [publickey]
        securityKeysAreSecondFactor: true
        enrolAtFirstLogin: %s
        rules:
          - groups: [careful]
            methods: ['publickey,totp']
          - groups: [typists]
            methods: ['keyboard-interactive,totp']
      """;
  private static final String MISSING = "you must set up a second factor first";
  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway = StagedGateway.start(DEFINITION.formatted(true), People.of("alice"));
            return gateway;
          });

  /** What a person has after enrolling. */
  private record Phone(TotpSecret secret, List<String> recovery) {
    /** Not the one that confirmed: that is used up. */
    String nextCode() {
      return secret.codeAt(Instant.now().plusSeconds(30));
    }
  }

  @Test
  void login_notEnrolled_leadsToEnrollingAlone(Laptop laptop) {
    gateway.people().add("carol", "careful");
    for (var command :
        List.of("id", "gate", "gate whoami", "gate mfa enrol; id", "gate mfa reset x")) {
      var result = ssh(laptop, "carol", "", command).run();
      assertThat(result.exit()).as(command).isEqualTo(77);
      assertThat(result.stderr()).contains(MISSING).contains("(second-factor-missing)");
      assertThat(result.stdout()).isEmpty();
    }
  }

  @Test
  void tunnel_notEnrolled_isRefused(Laptop laptop) {
    gateway.people().add("tess", "careful");
    var tunnel = ssh(laptop, "tess", "").and("-W", "127.0.0.1:22", gateway.host());
    assertThat(tunnel.run().exit()).isEqualTo(255);
    var sftp = ssh(laptop, "tess", "").and("-s", gateway.host(), "sftp");
    assertThat(sftp.run().stderr()).contains("(second-factor-missing)");
  }

  @Test
  void login_enrolled_wantsACodeThatIsGoodOnce(Laptop laptop) {
    gateway.people().add("dora", "careful");
    try (var log = gateway.logged()) {
      var phone = enrol(laptop, "dora", "");
      assertThat(whoami(laptop, "dora", "wrong").exit()).isEqualTo(255);
      var code = phone.nextCode();
      assertThat(whoami(laptop, "dora", code).ok().stdout()).contains("user\tdora\n");
      assertThat(whoami(laptop, "dora", code).stderr()).contains("Permission denied");
      var recovery = phone.recovery().getFirst();
      assertThat(whoami(laptop, "dora", recovery).ok().stdout()).contains("user\tdora\n");
      assertThat(whoami(laptop, "dora", recovery).exit()).isEqualTo(255);
      assertThat(log.all())
          .anyMatch(l -> l.startsWith("[login] dora ") && l.endsWith("keyboard-interactive totp"))
          .anyMatch(l -> l.startsWith("[login] dora ") && l.endsWith("recovery code"))
          .noneMatch(l -> l.contains(phone.secret().base32()))
          .noneMatch(l -> l.contains(code) || l.contains(recovery));
    }
  }

  @Test
  void login_keyAlone_isNotEnough(Laptop laptop) {
    gateway.people().add("erin", "careful");
    enrol(laptop, "erin", "");
    var result = ssh(laptop, "erin", "", "-oPreferredAuthentications=publickey", "id").run();
    assertThat(result.stderr()).contains("Permission denied (keyboard-interactive)");
  }

  @Test
  void guessing_overManyConnections_locksAlsoTheRightCode(Laptop laptop) {
    gateway.people().add("fred", "careful");
    var phone = enrol(laptop, "fred", "");
    for (var i = 0; i < 5; i++) {
      assertThat(whoami(laptop, "fred", "guess " + i).exit()).isEqualTo(255);
    }
    try (var log = gateway.logged()) {
      assertThat(whoami(laptop, "fred", phone.recovery().getFirst()).exit()).isEqualTo(255);
      assertThat(log.all()).anyMatch(l -> l.startsWith("[code-refused] fred: too many"));
    }
  }

  @Test
  void login_passwordThenCode_opens(Laptop laptop) {
    gateway.people().add("tom", "typists");
    var phone = enrol(laptop, "tom", "password of tom");
    assertThat(whoami(laptop, "tom", "password of tom", phone.nextCode()).ok().stdout())
        .contains("user\ttom\n");
    assertThat(whoami(laptop, "tom", "password of tom", "wrong").exit()).isEqualTo(255);
    assertThat(whoami(laptop, "tom", "wrong", phone.recovery().getFirst()).exit()).isEqualTo(255);
  }

  /** The other phone is there first, and the connection that may only enrol is still open. */
  @Test
  void enrolling_whenThereIsOneMeanwhile_isRefused(Laptop laptop) {
    gateway.people().add("gina", "careful");
    try (var mallory = ssh(laptop, "gina", "", "gate mfa enrol").typed().start()) {
      var secret = secret(mallory.awaitStdout("secret\\t([A-Z2-7]{32})").group(1));
      var owner = enrol(laptop, "gina", "");
      mallory.type(secret.codeAt(Instant.now()) + "\n");
      mallory.endInput();
      assertThat(mallory.await().stderr()).contains("there is a second factor already");
      whoami(laptop, "gina", owner.recovery().getFirst()).ok();
    }
  }

  /** Nor does the look at what has changed end it: that a code is missing is why it is there. */
  @Test
  void enrolling_onATerminal_showsAQrCodeAndTakesACode(Laptop laptop) {
    gateway.people().add("hugo", "careful");
    var ssh = ssh(laptop, "hugo", "").and("-tt", gateway.host());
    try (var terminal = Terminal.open(ssh, 80, 40)) {
      var secret = secret(terminal.await("secret\\S* +([A-Z2-7]{32})").group(1));
      assertThat(terminal.screen()).contains("█▀▀▀▀▀█");
      var rounds = gateway.rounds();
      Poll.until("it is looked at", () -> gateway.rounds() >= rounds + 2);
      terminal.await("Verification code");
      terminal.type("wrong\r");
      terminal.await("not the code that the phone shows");
      terminal.type(secret.codeAt(Instant.now()) + "\r");
      terminal.await("from your next login on it counts");
      assertThat(terminal.exit()).isZero();
    }
    assertThat(whoami(laptop, "hugo", "").exit()).isEqualTo(255);
  }

  @Test
  void securityKey_touched_needsNoCode(Laptop laptop) throws GeneralSecurityException {
    gateway.people().add("ina", "careful");
    var key = SecurityKey.ed25519();
    gateway.people().add("ina", key.publicKey());
    var socket = laptop.home().resolve("agent");
    try (var _ = Listener.unix(socket, key::serve)) {
      var ssh =
          laptop
              .program("ssh", "-F", "none", "-p", "" + gateway.port(), "-l", "ina")
              .and("-oUserKnownHostsFile=" + gateway.knownHosts(), "-oBatchMode=yes")
              .and("-oIdentityAgent=" + socket, gateway.host(), "gate whoami");
      assertThat(ssh.run().ok().stdout()).contains("user\tina\n");
    }
  }

  /** The words are the same whether there is such a person, and whether they are enrolled. */
  @Test
  void refusal_withoutAnyProof_isTheSameForEverybody(Laptop laptop) {
    gateway.people().add("jack", "careful").add("kim", "careful").add("liz", "typists");
    enrol(laptop, "jack", "");
    for (var name : List.of("alice", "jack", "kim", "liz", "nobody")) {
      for (var methods : List.of("none", "keyboard-interactive", "publickey")) {
        var result =
            laptop
                .program("ssh", "-F", "none", "-p", "" + gateway.port(), "-l", name)
                .and("-oUserKnownHostsFile=" + gateway.knownHosts(), "-oIdentitiesOnly=yes")
                .and("-oPreferredAuthentications=" + methods, "-oNumberOfPasswordPrompts=1")
                .and(gateway.host(), "gate whoami")
                .with("SSH_ASKPASS", askpass(laptop, "a guess"))
                .with("SSH_ASKPASS_REQUIRE", "force")
                .run();
        assertThat(result.stderr())
            .as(name + " by " + methods)
            .contains("Permission denied (publickey,keyboard-interactive)");
      }
    }
  }

  @Test
  void login_notEnrolledWhereThatIsDoneBefore_isRefusedLikeAWrongCode(Laptop laptop) {
    try (var strict = StagedGateway.start(DEFINITION.formatted(false), People.of("alice"))) {
      strict.people().add("mia", "careful");
      var before = gateway;
      gateway = strict;
      try (var log = gateway.logged()) {
        var result = ssh(laptop, "mia", "123456", "gate mfa enrol").run();
        assertThat(result.stderr()).contains("Permission denied (keyboard-interactive)");
        assertThat(log.all()).anyMatch(l -> l.equals("[code-refused] mia has no second factor"));
      } finally {
        gateway = before;
      }
    }
  }

  /** With a pipe: the code is typed when the secret has been shown. */
  private static Phone enrol(Laptop laptop, String name, String password) {
    try (var enrolling = ssh(laptop, name, password, "gate mfa enrol").typed().start()) {
      var secret = secret(enrolling.awaitStdout("secret\\t([A-Z2-7]{32})").group(1));
      enrolling.type(secret.codeAt(Instant.now()) + "\n");
      enrolling.endInput();
      var codes = enrolling.await().ok().stdout().lines().filter(l -> l.matches("[a-z2-7-]{19}"));
      return new Phone(secret, codes.toList());
    }
  }

  private static TotpSecret secret(String text) {
    return TotpSecret.ofBase32(text);
  }

  private static Result whoami(Laptop laptop, String name, String... answers) {
    return ssh(laptop, name, String.join("\n", answers), "gate whoami").run();
  }

  private static Program ssh(Laptop laptop, String name, String answers, String command) {
    return ssh(laptop, name, answers).and(gateway.host(), command);
  }

  private static Program ssh(
      Laptop laptop, String name, String answers, String option, String command) {
    return ssh(laptop, name, answers).and(option, gateway.host(), command);
  }

  /** Its questions are answered by a program, each with the next line. */
  private static Program ssh(Laptop laptop, String name, String answers) {
    return laptop
        .program("ssh", "-F", "none", "-p", "" + gateway.port(), "-l", name)
        .and("-oUserKnownHostsFile=" + gateway.knownHosts(), "-oIdentitiesOnly=yes")
        .and("-oNumberOfPasswordPrompts=" + Math.max(1, answers.lines().count()))
        .and("-i", gateway.people().identity(name).toString())
        .with("SSH_ASKPASS", askpass(laptop, answers))
        .with("SSH_ASKPASS_REQUIRE", "force");
  }

  /** The question says which line it wants. */
  private static String askpass(Laptop laptop, String answers) {
    var lines = answers.lines().toList();
    var password = lines.isEmpty() ? "" : lines.getFirst();
    var code = lines.isEmpty() ? "" : lines.getLast();
    var script = Folders.temporaryIn(laptop.home()).resolve("askpass");
    Folders.write(
        script,
        """
        #!/bin/sh
        case $1 in
          *Verification*) echo '%s' ;;
          *) echo '%s' ;;
        esac
        """
            .formatted(code, password));
    try {
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return script.toString();
  }
}
