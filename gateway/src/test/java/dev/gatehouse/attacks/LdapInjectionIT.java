package dev.gatehouse.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawSsh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * LDAP injection, as in CVE-2026-94053 (sshd-ldap): a login name becomes part of a filter or a DN,
 * or the directory compares it more kindly than the rest of the server does. Mallory's key is right
 * and signs each of these names, all of which a careless filter would take for hers. Passwords of
 * the same kind are in DirectoryContract, against slapd too.
 */
final class LdapInjectionIT {
  private static Victim victim;

  @BeforeAll
  static void start() {
    victim = Victim.start();
  }

  @AfterAll
  static void close() {
    victim.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "mal*",
        "mallor?",
        "*)(uid=*",
        "mallory)(uid=*",
        "mallory)(objectClass=*",
        "*)(|(uid=mallory",
        "mallory\\00",
        "mallory\u0000",
        "\\6dallory",
        "MALLORY",
        "Mallory",
        "mallory ",
        " mallory",
        "mallory\t",
        "mallory,ou=people",
        "uid=mallory",
        "ｍallory",
        "mallory\u00ad"
      })
  void name_thatTheDirectoryMightTakeForAnother_isRefused(String name) {
    try (var ssh = RawSsh.atLogin(victim.port())) {
      ssh.packet(victim.key().proof(ssh.sessionId(), name, "ssh-connection"));
      assertThat(ssh.expect(RawSsh.USERAUTH_SUCCESS, RawSsh.USERAUTH_FAILURE))
          .startsWith(RawSsh.USERAUTH_FAILURE);
    }
    assertThat(victim.log().all()).noneMatch(line -> line.startsWith("[login] mal"));
  }

  /** More than any directory need be asked; the connection may end, nobody gets in. */
  @Test
  void name_of200Kilobytes_isRefused() {
    try (var ssh = RawSsh.atLogin(victim.port())) {
      ssh.packet(victim.key().proof(ssh.sessionId(), "mallory*".repeat(25_000), "ssh-connection"));
      ssh.packet(victim.key().proof(ssh.sessionId(), "mallory", "ssh-connection"));
      assertThat(ssh.readToEnd()).doesNotContain(RawSsh.USERAUTH_SUCCESS);
    }
  }
}
