package dev.gatehouse.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.key.KeyFile;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.StagedGateway;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Key exchanges with ML-KEM, which Debian bookworm's clients do not know: with MINA's own client,
 * so this shows that they work, not that others understand them.
 */
class PostQuantumIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @ParameterizedTest
  @CsvSource({
    "modern, mlkem768x25519-sha256",
    "modern, sntrup761x25519-sha512",
    "fips, mlkem768nistp256-sha256",
    "fips, mlkem1024nistp384-sha384"
  })
  void client_insistsOnAHybrid_logsIn(String profile, String keyExchange) throws IOException {
    var key = KeyFile.generateEcdsaP384();
    var people = People.of("alice").add("bob", KeyFile.publicKey(key));
    try (var gateway =
        StagedGateway.start("gateway: {port: 0, algorithms: %s}".formatted(profile), people)) {
      assertThat(login(gateway, key, keyExchange)).isEqualTo(keyExchange);
    }
  }

  /** Answers the key exchange that was used. */
  private static String login(StagedGateway gateway, KeyPair key, String keyExchange)
      throws IOException {
    var client = SshClient.setUpDefaultClient();
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
    client.setKeyExchangeFactories(
        client.getKeyExchangeFactories().stream()
            .filter(factory -> factory.getName().equals(keyExchange))
            .toList());
    client.start();
    try (var session =
        client.connect("bob", gateway.host(), gateway.port()).verify(PATIENCE).getSession()) {
      session.addPublicKeyIdentity(key);
      session.auth().verify(PATIENCE);
      return session.getNegotiatedKexParameter(KexProposalOption.ALGORITHMS);
    } finally {
      client.stop();
    }
  }
}
