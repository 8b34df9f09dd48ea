package dev.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.gatehouse.directory.embedded.EmbeddedDirectory;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.Username;
import dev.gatehouse.testkit.LogLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class LdapDirectoryTest {
  private static final SchemaMapping SHAPE = SchemaMapping.usual(EmbeddedDirectory.TREE);
  private static final Username ALICE = new Username("alice");

  @Test
  void personFilter_isOneEquality() {
    assertThat(SHAPE.person(ALICE)).hasToString("(&(objectClass=posixAccount)(uid=alice))");
  }

  /** The DN comes from the server, and whoever may name an entry chooses it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "uid=a,dc=x; uid=a,dc=x",
        "cn=*,dc=x; cn=\\2a,dc=x",
        "cn=a)(member=*,dc=x; cn=a\\29\\28member=\\2a,dc=x",
        "cn=a\\00,dc=x; cn=a\\5c00,dc=x",
        "cn=Jürgen,dc=x; cn=J\\c3\\bcrgen,dc=x"
      })
  void groupsFilter_oddDn_isEscaped(String dn, String escaped) {
    assertThat(SHAPE.groupsOf(ALICE, 100, dn).toString()).contains("(member=" + escaped + ")");
  }

  /** A server whose every answer is this code. */
  private static Directory answering(ResultCode code) {
    return new LdapDirectory(
        _ -> {
          throw new LDAPException(code, "server ldap7 says no\u001B[2J");
        },
        (_, _) -> {
          throw new LDAPException(code, "server ldap7 says no");
        },
        SHAPE,
        DirectoryContract.CLOCK);
  }

  enum Passing {
    BUSY,
    UNAVAILABLE,
    SERVER_DOWN,
    CONNECT_ERROR,
    TIMEOUT,
    TIME_LIMIT_EXCEEDED
  }

  @ParameterizedTest
  @EnumSource
  void person_serverCannotAnswerNow_isUnavailableNotUnknown(Passing kind)
      throws ReflectiveOperationException {
    var code = (ResultCode) ResultCode.class.getField(kind.name()).get(null);
    assertThat(answering(code).person(ALICE))
        .isInstanceOfSatisfying(
            PersonLookup.Unavailable.class,
            lookup ->
                assertThat(lookup.why()).isEqualTo(code.getName() + ": server ldap7 says no?[2J"));
  }

  /** A gateway that has just begun asks twice a second until its directory answers. */
  @Test
  void person_serverIsAwayForLong_isLoggedOncePerOutage() {
    var directory = answering(ResultCode.CONNECT_ERROR);
    try (var log = LogLines.ofThisThread()) {
      for (var i = 0; i < 3; i++) {
        assertThat(directory.person(ALICE)).isInstanceOf(PersonLookup.Unavailable.class);
      }

      assertThat(log.all()).filteredOn(l -> l.startsWith("the directory does not")).hasSize(1);
    }
  }

  @Test
  void person_serverRefusesTheQuestion_isBroken() {
    var directory = answering(ResultCode.INSUFFICIENT_ACCESS_RIGHTS);
    var error = catchThrowableOfType(FailureException.class, () -> directory.person(ALICE));
    assertThat(error.failure().code()).isEqualTo("directory-refused");
    assertThat(error.failure().exit()).isEqualTo(ExitCode.SOFTWARE);
    assertThat(error).hasCauseInstanceOf(LDAPException.class);
  }

  @Test
  void person_bug_isNotSwallowed() {
    var directory =
        new LdapDirectory(
            _ -> {
              throw new IllegalStateException("a bug");
            },
            (_, _) -> {},
            SHAPE,
            DirectoryContract.CLOCK);
    assertThatThrownBy(() -> directory.person(ALICE)).hasMessage("a bug");
  }
}
