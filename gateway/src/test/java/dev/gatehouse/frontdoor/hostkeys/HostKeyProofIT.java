package dev.gatehouse.frontdoor.hostkeys;

import static org.apache.sshd.common.SshConstants.SSH_MSG_GLOBAL_REQUEST;
import static org.apache.sshd.common.SshConstants.SSH_MSG_REQUEST_FAILURE;
import static org.apache.sshd.common.SshConstants.SSH_MSG_REQUEST_SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code hostkeys-00@openssh.com} and its proof, message by message (OpenSSH, PROTOCOL, 2.5). */
class HostKeyProofIT {
  private static HostKeyGateway gateway;

  @BeforeAll
  static void start() {
    gateway = HostKeyGateway.modern();
    gateway.rotate();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void login_saysNothing_isToldAllKeysWithoutBeingAsked() {
    try (var client = RawClient.login(gateway)) {
      var announced = client.await(SSH_MSG_GLOBAL_REQUEST).fields();
      assertThat(announced.getString()).isEqualTo("hostkeys-00@openssh.com");
      assertThat(announced.getBoolean()).isFalse();
      var keys = new ArrayList<SshPublicKey>();
      while (announced.available() > 0) {
        keys.add(SshPublicKey.of(announced.getBytes()));
      }
      assertThat(keys).isEqualTo(gateway.publicKeys()).hasSize(4);
    }
  }

  /** OpenSSH ends a connection that brings a second one. */
  @Test
  void announcement_keysAreRotatedMeanwhile_comesOnce() {
    try (var gateway = HostKeyGateway.modern();
        var client = RawClient.login(gateway)) {
      client.await(SSH_MSG_GLOBAL_REQUEST);
      gateway.rotate();
      gateway.keys().retire();
      for (var i = 0; i < 10; i++) {
        client.send(client.globalRequest("keepalive@openssh.com", true));
        client.await(SSH_MSG_REQUEST_FAILURE);
      }
      client.exec(client.openSession(RawClient.LARGE_WINDOW), "gate whoami");
      client.send(client.globalRequest("keepalive@openssh.com", true));
      client.await(SSH_MSG_REQUEST_FAILURE);
      assertThat(client.received()).noneMatch(m -> m.type() == SSH_MSG_GLOBAL_REQUEST);
    }
  }

  @Test
  void proof_ofAllKeys_isOneSignatureEach() {
    try (var client = RawClient.login(gateway)) {
      client.send(prove(client, gateway.publicKeys()));
      var reply = client.await(SSH_MSG_REQUEST_SUCCESS).fields();
      var algorithms = new ArrayList<String>();
      while (reply.available() > 0) {
        algorithms.add(new ByteArrayBuffer(reply.getBytes()).getString());
      }
      assertThat(algorithms)
          .containsExactly("ssh-ed25519", "rsa-sha2-512", "ssh-ed25519", "rsa-sha2-512");
    }
  }

  @Test
  void proof_oneKeyIsSomebodyElses_isRefusedAsAWhole() {
    try (var client = RawClient.login(gateway)) {
      var foreign = KeyFile.publicKey(KeyFile.generateEd25519());
      client.send(prove(client, List.of(gateway.preferred(), foreign)));
      client.await(SSH_MSG_REQUEST_FAILURE);
      client.send(prove(client, List.of(gateway.preferred())));
      client.await(SSH_MSG_REQUEST_SUCCESS);
    }
  }

  /** An RSA signature costs the gateway milliseconds, and the request next to nothing. */
  @Test
  void proof_isAskedForAgainAndAgain_isRefusedSoon() {
    try (var client = RawClient.login(gateway)) {
      for (var i = 0; i < 4; i++) {
        client.send(prove(client, gateway.publicKeys()));
        client.await(SSH_MSG_REQUEST_SUCCESS);
      }
      client.send(prove(client, List.of(gateway.preferred())));
      client.await(SSH_MSG_REQUEST_FAILURE);
    }
  }

  @Test
  void proof_lengthExceedsTheMessage_endsTheConnection() {
    try (var client = RawClient.login(gateway)) {
      var request = client.globalRequest("hostkeys-prove-00@openssh.com", true);
      request.putUInt(0xffffffffL);
      client.send(request);
      assertThat(client.awaitClosed()).startsWith("2: ");
    }
  }

  private static Buffer prove(RawClient client, List<SshPublicKey> keys) {
    var request = client.globalRequest("hostkeys-prove-00@openssh.com", true);
    keys.forEach(key -> request.putBytes(key.blob()));
    return request;
  }
}
