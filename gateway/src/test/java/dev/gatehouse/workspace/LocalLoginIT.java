package dev.gatehouse.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Only a certificate of the gateway's user CA that names the person opens a workspace. */
class LocalLoginIT extends LocalWorkspaceDriver {

  @Test
  void login_plainKey_isRefused() throws Exception {
    client.forgetCertificate();

    assertRefused();
  }

  @Test
  void login_otherCa_isRefused() throws Exception {
    client.certify("other-ca", "-n", "alice");

    assertRefused();
  }

  @Test
  void login_otherPrincipal_isRefused() throws Exception {
    client.certify("ca", "-n", "bob");

    assertRefused();
  }

  @Test
  void login_noPrincipals_isRefused() throws Exception {
    client.certify("ca");

    assertRefused();
  }

  @Test
  void login_expired_isRefused() throws Exception {
    client.certify("ca", "-n", "alice", "-V", "-2h:-1h");

    assertRefused();
  }

  @Test
  void login_notYetValid_isRefused() throws Exception {
    client.certify("ca", "-n", "alice", "-V", "+1h:+2h");

    assertRefused();
  }

  @Test
  void login_hostCertificate_isRefused() throws Exception {
    client.certify("ca", "-h", "-n", "alice");

    assertRefused();
  }

  @Test
  void login_otherSourceAddress_isRefused() throws Exception {
    client.certify("ca", "-n", "alice", "-O", "source-address=192.0.2.1/32");

    assertRefused();
  }

  @Test
  void login_forcedCommand_isRefused() throws Exception {
    client.certify("ca", "-n", "alice", "-O", "force-command=true");

    assertRefused();
  }

  @Test
  void login_unknownCriticalOption_isRefused() throws Exception {
    client.certify("ca", "-n", "alice", "-O", "critical:x@example.com=1");

    assertRefused();
  }

  @Test
  void login_allowedSourceAddress_isAccepted() throws Exception {
    client.certify("ca", "-n", "alice", "-O", "source-address=127.0.0.0/8");

    assertThat(ssh("exit 2").exit()).isEqualTo(2);
  }

  @Test
  void login_otherUserName_isRefused() throws Exception {
    client.certify("ca", "-n", "alice,bob");

    var result = client.run(client.ssh(endpoint, "bob@workspace", "true"));

    assertThat(result.err()).contains("Permission denied (publickey)");
  }

  private void assertRefused() throws Exception {
    var result = ssh("true");

    assertThat(result.exit()).isEqualTo(255);
    assertThat(result.err()).contains("Permission denied (publickey)");
  }
}
