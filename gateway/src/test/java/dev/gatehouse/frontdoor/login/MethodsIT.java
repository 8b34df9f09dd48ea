package dev.gatehouse.frontdoor.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Result;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which methods let whom in, by group and source network; with the real ssh. */
class MethodsIT {
  private static final String DEFINITION =
      """
      gateway: {port: 0}
      login:
        methods: [publickey]
        rules:
          - groups: [careful]
            methods: ['publickey,keyboard-interactive']
          - groups: [typists]
            from: [127.0.0.0/8]
            methods: [keyboard-interactive, publickey]
          - groups: [elsewhere]
            from: [192.0.2.0/24]
            methods: [publickey]
          - groups: [elsewhere, nowhere]
            methods: []
      """;
  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway =
                StagedGateway.start(
                    DEFINITION,
                    People.of("alice")
                        .add("carol", "careful")
                        .add("tom", "typists")
                        .add("eli", "elsewhere")
                        .add("nora", "nowhere"));
            return gateway;
          });

  @Test
  void chain_keyThenPassword_opens(Laptop laptop) {
    try (var log = gateway.logged()) {
      assertThat(login(laptop, "carol", "password of carol").ok().stdout()).contains("carol");
      assertThat(log.all())
          .anyMatch(
              line ->
                  line.startsWith("[login] carol")
                      && line.endsWith(", keyboard-interactive password"));
    }
  }

  @Test
  void chain_keyAlone_isNotEnough(Laptop laptop) {
    var result = login(laptop, "carol", "", "-oPreferredAuthentications=publickey");
    assertThat(result.stderr()).contains("Permission denied (keyboard-interactive)");
  }

  @Test
  void chain_passwordFirst_isRefused(Laptop laptop) {
    var result =
        login(
            laptop,
            "carol",
            "password of carol",
            "-oPreferredAuthentications=keyboard-interactive");
    assertThat(result.exit()).isEqualTo(255);
  }

  @Test
  void chain_keyThenWrongPassword_isRefused(Laptop laptop) {
    assertThat(login(laptop, "carol", "wrong").exit()).isEqualTo(255);
    assertThat(login(laptop, "carol", "password of alice").exit()).isEqualTo(255);
  }

  @Test
  void alternative_passwordAlone_opens(Laptop laptop) {
    login(laptop, "tom", "password of tom", "-oPreferredAuthentications=keyboard-interactive").ok();
    login(laptop, "tom", "", "-oPreferredAuthentications=publickey").ok();
  }

  /** The password is right, and would be enough for others. */
  @Test
  void method_ofOtherPeople_isOfNoUse(Laptop laptop) {
    var result =
        login(
            laptop,
            "alice",
            "password of alice",
            "-oPreferredAuthentications=keyboard-interactive");
    assertThat(result.stderr()).contains("Permission denied (publickey,keyboard-interactive)");
  }

  /** Before anything is proven the methods are the same for all: they tell of no group. */
  @Test
  void methods_beforeAnyProof_areTheSameForEverybody(Laptop laptop) {
    for (var name : Stream.of("alice", "carol", "tom", "eli", "nora", "nobody", "+").toList()) {
      var result = login(laptop, name, "", "-oPreferredAuthentications=none");
      assertThat(result.stderr())
          .as(name)
          .contains("Permission denied (publickey,keyboard-interactive)");
    }
  }

  @Test
  void rule_ofAnotherNetwork_doesNotFit(Laptop laptop) {
    assertThat(login(laptop, "eli", "password of eli").exit()).isEqualTo(255);
  }

  @Test
  void rule_withoutMethods_letsNobodyIn(Laptop laptop) {
    assertThat(login(laptop, "nora", "password of nora").exit()).isEqualTo(255);
  }

  @Test
  void password_ofNobody_isAskedForAndRefused(Laptop laptop) {
    var result = login(laptop, "nobody", "x", "-oPreferredAuthentications=keyboard-interactive");
    assertThat(result.stderr()).contains("Permission denied (publickey,keyboard-interactive)");
  }

  @Test
  void password_empty_isWrong(Laptop laptop) {
    var result = login(laptop, "tom", "", "-oPreferredAuthentications=keyboard-interactive");
    assertThat(result.exit()).isEqualTo(255);
  }

  @Test
  void password_whileTheDirectoryIsAway_isToldFromWrong(Laptop laptop) {
    gateway.people().setAvailable(false);
    try {
      var result =
          login(
              laptop, "tom", "password of tom", "-oPreferredAuthentications=keyboard-interactive");
      assertThat(result.stderr()).contains("(directory-unavailable)");
    } finally {
      gateway.people().setAvailable(true);
    }
  }

  /** Runs {@code gate whoami}; ssh reads the password from a program. */
  private static Result login(Laptop laptop, String name, String password, String... options) {
    var askpass = laptop.home().resolve("askpass");
    Folders.write(askpass, "#!/bin/sh\necho '" + password + "'\n");
    try {
      java.nio.file.Files.setPosixFilePermissions(
          askpass, PosixFilePermissions.fromString("rwx------"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    var identity = name.equals("+") || name.equals("nobody") ? "alice" : name;
    return laptop
        .program("ssh", "-F", "none", "-p", "" + gateway.port(), "-l", name)
        .and("-oUserKnownHostsFile=" + gateway.knownHosts(), "-oIdentitiesOnly=yes")
        .and("-oNumberOfPasswordPrompts=1", "-i", gateway.people().identity(identity).toString())
        .and(options)
        .and(gateway.host(), "gate whoami")
        .with("SSH_ASKPASS", askpass.toString())
        .with("SSH_ASKPASS_REQUIRE", "force")
        .run();
  }
}
