package dev.gatehouse.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Result;
import dev.gatehouse.testkit.StagedGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A client that insists on something old or weak gets no connection, and is told what is missing.
 */
class WeakAlgorithmsIT {
  @Nested
  class Modern extends Contract {
    Modern() {
      super("modern");
    }

    @ParameterizedTest
    @CsvSource({
      "MACs, hmac-sha2-256, MAC",
      "KexAlgorithms, ecdh-sha2-nistp256, key exchange method",
      "HostKeyAlgorithms, ecdsa-sha2-nistp384, host key type"
    })
    void client_insistsOnWhatOtherProfilesHave_isRefused(
        String option, String algorithm, String missing) {
      refuses(option, algorithm, missing);
    }
  }

  @Nested
  class Compatible extends Contract {
    Compatible() {
      super("compatible");
    }
  }

  @Nested
  class Fips extends Contract {
    Fips() {
      super("fips");
    }

    @ParameterizedTest
    @CsvSource({
      "KexAlgorithms, curve25519-sha256, key exchange method",
      "KexAlgorithms, sntrup761x25519-sha512@openssh.com, key exchange method",
      "Ciphers, chacha20-poly1305@openssh.com, cipher",
      "HostKeyAlgorithms, ssh-ed25519, host key type"
    })
    void client_insistsOnWhatIsNotApproved_isRefused(
        String option, String algorithm, String missing) {
      refuses(option, algorithm, missing);
    }

    @Test
    void person_hasAnEd25519Key_isRefused() {
      var result = connect();
      assertThat(result.exit()).isEqualTo(255);
      assertThat(result.stderr()).contains("Permission denied (publickey)");
    }
  }

  @TestInstance(Lifecycle.PER_CLASS)
  abstract static class Contract {
    private final String profile;
    private StagedGateway gateway;

    Contract(String profile) {
      this.profile = profile;
    }

    @BeforeAll
    void start() {
      gateway =
          StagedGateway.start(
              "gateway: {port: 0, algorithms: %s}".formatted(profile), People.of("alice"));
    }

    @AfterAll
    void stop() {
      gateway.close();
    }

    @ParameterizedTest
    @CsvSource({
      "KexAlgorithms, diffie-hellman-group1-sha1, key exchange method",
      "KexAlgorithms, diffie-hellman-group14-sha1, key exchange method",
      "KexAlgorithms, diffie-hellman-group-exchange-sha1, key exchange method",
      "KexAlgorithms, diffie-hellman-group-exchange-sha256, key exchange method",
      "KexAlgorithms, diffie-hellman-group14-sha256, key exchange method",
      "KexAlgorithms, diffie-hellman-group16-sha512, key exchange method",
      "HostKeyAlgorithms, ssh-rsa, host key type",
      "HostKeyAlgorithms, ecdsa-sha2-nistp256, host key type",
      "Ciphers, 3des-cbc, cipher",
      "Ciphers, aes128-cbc, cipher",
      "Ciphers, aes256-cbc, cipher",
      "Ciphers, aes192-ctr, cipher",
      "MACs, hmac-md5, MAC",
      "MACs, hmac-sha1, MAC",
      "MACs, hmac-sha1-etm@openssh.com, MAC",
      "MACs, umac-64-etm@openssh.com, MAC"
    })
    void client_insistsOnSomethingWeak_isRefused(String option, String algorithm, String missing) {
      refuses(option, algorithm, missing);
    }

    /** With a cipher that needs a MAC, unless the option itself is about ciphers. */
    void refuses(String option, String algorithm, String missing) {
      var result = connect("-o" + option + "=" + algorithm, "-oCiphers=aes256-ctr");
      assertThat(result.exit()).isEqualTo(255);
      assertThat(result.stderr()).contains("no matching " + missing + " found");
    }

    Result connect(String... options) {
      try (var laptop = new Laptop(gateway)) {
        return laptop.openssh(options).and(Laptop.HOST, "gate whoami").run();
      }
    }
  }
}
