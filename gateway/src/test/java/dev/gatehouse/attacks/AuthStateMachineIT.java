package dev.gatehouse.attacks;

import static dev.gatehouse.testkit.RawSsh.message;
import static dev.gatehouse.testkit.RawSsh.string;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawKey;
import dev.gatehouse.testkit.RawSsh;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * CVE-2018-10933 (libssh took USERAUTH_SUCCESS from a client), CVE-2025-32433 (Erlang's server ran
 * commands before authentication), and CVE-2023-46445 and its kin (AsyncSSH let the login change
 * hands halfway): the right messages at the wrong time, or about somebody else. Nobody here gets in
 * but by a signature over this session, this name, this service and this key.
 */
final class AuthStateMachineIT {
  private static final String CONNECTION = "ssh-connection";

  private Victim victim;
  private RawSsh ssh;

  @BeforeEach
  void connect() {
    victim = Victim.start();
    ssh = RawSsh.atLogin(victim.port());
  }

  @AfterEach
  void leave() {
    ssh.close();
    victim.close();
  }

  /** The client does everything right; so what is refused below is so for its one mistake. */
  @Test
  void login_asItShouldBe_succeeds() {
    ssh.packet(victim.key().query("mallory"));
    ssh.expect(60);
    ssh.packet(victim.key().proof(ssh.sessionId(), "mallory", CONNECTION));
    ssh.expect(RawSsh.USERAUTH_SUCCESS);
    victim.assertServes();
  }

  @ParameterizedTest
  @ValueSource(ints = {52, 60, 80, 81, 90, 91, 93, 94, 96, 97, 98, 99, 100, 192})
  void message_ofAnotherPhase_opensNothing(int type) {
    ssh.packet(stray(type));
    thenAChannelIsRefused();
  }

  /** After a query that was answered with PK_OK, and before the signature. */
  @ParameterizedTest
  @ValueSource(ints = {52, 60, 80, 90, 98})
  void message_ofAnotherPhaseAfterAnOffer_opensNothing(int type) {
    ssh.packet(victim.key().query("mallory"));
    ssh.expect(60);
    ssh.packet(stray(type));
    thenAChannelIsRefused();
  }

  /** The keys are being exchanged again, and nobody has logged in. */
  @ParameterizedTest
  @ValueSource(ints = {50, 52, 60, 80, 90, 98})
  void message_ofAnotherPhaseDuringARekey_opensNothing(int type) {
    ssh.packet(RawSsh.kexInit("curve25519-sha256", true));
    ssh.expect(RawSsh.KEXINIT);
    ssh.packet(stray(type));
    ssh.packet(stray(98));
    assertThat(ssh.readToEnd()).doesNotContain(RawSsh.USERAUTH_SUCCESS, 81, 91, 99);
    victim.assertUnharmed();
  }

  @Test
  void name_changesMidway_endsTheConnection() {
    ssh.packet(RawKey.request("mallory", CONNECTION, "none"));
    ssh.expect(RawSsh.USERAUTH_FAILURE);
    ssh.packet(victim.key().proof(ssh.sessionId(), "alice", CONNECTION));
    isThrownOut();
  }

  @Test
  void service_changesMidway_endsTheConnection() {
    ssh.packet(RawKey.request("mallory", CONNECTION, "none"));
    ssh.expect(RawSsh.USERAUTH_FAILURE);
    ssh.packet(victim.key().proof(ssh.sessionId(), "mallory", "ssh-userauth"));
    isThrownOut();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ssh-userauth", "ssh-connection ", "SSH-CONNECTION"})
  void service_thatIsNotThere_endsTheConnection(String service) {
    ssh.packet(victim.key().proof(ssh.sessionId(), "mallory", service));
    isThrownOut();
  }

  /** The name that is signed is not the name that asks. */
  @ParameterizedTest
  @CsvSource({"mallory, alice", "alice, mallory"})
  void signature_overAnotherName_isRefused(String signed, String asking) {
    ssh.packet(victim.key().misplacedProof(ssh.sessionId(), signed, asking, CONNECTION));
    isRefused();
  }

  /** What was signed for another connection, say with a server that mallory runs. */
  @Test
  void signature_overAnotherSession_isRefused() {
    byte[] elsewhere;
    try (var other = RawSsh.atLogin(victim.port())) {
      elsewhere = other.sessionId();
    }
    ssh.packet(victim.key().proof(elsewhere, "mallory", CONNECTION));
    isRefused();
  }

  @ParameterizedTest
  @ValueSource(ints = {-70, -64, -1})
  void signature_cutShort_isRefused(int change) {
    var proof = victim.key().proof(ssh.sessionId(), "mallory", CONNECTION);
    ssh.packet(Arrays.copyOf(proof, proof.length + change));
    assertThat(ssh.readToEnd()).doesNotContain(RawSsh.USERAUTH_SUCCESS);
    victim.assertUnharmed();
  }

  /** Nobody is asked who they are before they ask to be: the service was not requested. */
  @Test
  void request_withoutTheService_opensNothing() {
    try (var other = RawSsh.identified(victim.port()).exchangeKeys(RawSsh.GCM, true)) {
      other.packet(victim.key().proof(other.sessionId(), "mallory", CONNECTION));
      other.packet(stray(90));
      assertThat(other.readToEnd()).doesNotContain(RawSsh.USERAUTH_SUCCESS, 91);
    }
    victim.assertUnharmed();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ssh-connection", "ssh-userauth ", ""})
  void serviceRequest_forAnotherThanTheLogin_endsTheConnection(String service) {
    try (var other = RawSsh.identified(victim.port()).exchangeKeys(RawSsh.GCM, true)) {
      other.packet(message(RawSsh.SERVICE_REQUEST, string(service)));
      other.packet(stray(90));
      assertThat(other.readToEnd()).doesNotContain(RawSsh.SERVICE_ACCEPT, 91);
    }
    victim.assertUnharmed();
  }

  @Test
  void serviceRequest_again_endsTheConnection() {
    ssh.packet(message(RawSsh.SERVICE_REQUEST, string("ssh-userauth")));
    isThrownOut();
  }

  private void thenAChannelIsRefused() {
    ssh.packet(stray(90));
    isThrownOut();
  }

  private void isRefused() {
    assertThat(ssh.read()).startsWith(RawSsh.USERAUTH_FAILURE);
    ssh.packet(stray(90));
    isThrownOut();
  }

  private void isThrownOut() {
    assertThat(ssh.readToEnd()).doesNotContain(RawSsh.USERAUTH_SUCCESS, 81, 91, 99);
    victim.assertUnharmed();
  }

  /** It reads as the request to open a session, to run a command there, or as a success. */
  private static byte[] stray(int type) {
    return type == 98
        ? message(98, new byte[4], string("exec"), new byte[] {1}, string("touch /tmp/owned"))
        : message(type, string("session"), new byte[4], new byte[] {0, 1, 0, 0}, new byte[4]);
  }
}
