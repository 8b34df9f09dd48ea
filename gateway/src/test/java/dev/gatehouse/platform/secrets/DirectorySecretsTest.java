package dev.gatehouse.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.name.Username;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DirectorySecretsTest {
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

  @Test
  void wanted_nothingIsThere_makesAllThree() {
    var made = wanted(Map.of(), NOW);

    assertThat(made.keySet())
        .containsExactly("directory-tls", "directory-services", "gatehouse-directory");
    assertThat(made.get("directory-tls")).containsOnlyKeys("ca.crt", "tls.crt", "tls.key");
    assertThat(made.get("directory-services"))
        .containsOnlyKeys("gateway", "ldap-ui", "replicator")
        .doesNotContainValue("\n");
    assertThat(made.get("gatehouse-directory"))
        .containsEntry("ldap-password", made.get("directory-services").get("gateway"))
        .containsEntry("ldap-ca.pem", made.get("directory-tls").get("ca.crt"));
  }

  @Test
  void wanted_whatWasMade_staysAsItIs() {
    var made = wanted(Map.of(), NOW);

    assertThat(wanted(made, NOW.plus(Duration.ofDays(690)))).isEqualTo(made);
  }

  @Test
  void wanted_certificateEndsInLessThanAMonth_isMadeAnew_andBothAreTrusted() {
    var made = wanted(Map.of(), NOW);

    var renewed = wanted(made, NOW.plus(Duration.ofDays(705)));

    var ca = renewed.get("directory-tls").get("ca.crt");
    assertThat(ca).isNotEqualTo(made.get("directory-tls").get("ca.crt"));
    assertThat(renewed.get("gatehouse-directory").get("ldap-ca.pem"))
        .isEqualTo(ca + made.get("directory-tls").get("ca.crt"));
    assertThat(renewed.get("directory-services")).isEqualTo(made.get("directory-services"));
    assertThat(wanted(renewed, NOW.plus(Duration.ofDays(705)))).isEqualTo(renewed);
  }

  @Test
  void wanted_certificateOfCertManager_isLeftAlone() {
    var made = wanted(Map.of(), NOW);

    assertThat(
            DirectorySecrets.wanted(
                made, "gatehouse", true, Optional.empty(), NOW.plus(Duration.ofDays(1000))))
        .isEqualTo(made);
  }

  @Test
  void wanted_administrator_isMadeOnce() {
    var ada = Optional.of(new FirstAdministrator(new Username("ada"), "ssh-ed25519 AAAA ada"));
    var made = DirectorySecrets.wanted(Map.of(), "gatehouse", false, ada, NOW);

    assertThat(made.get("directory-administrator"))
        .containsEntry("uid", "ada")
        .containsEntry("ssh-key", "ssh-ed25519 AAAA ada\n")
        .hasEntrySatisfying("password", p -> assertThat(p).hasSize(48));
    assertThat(DirectorySecrets.wanted(made, "gatehouse", false, ada, NOW)).isEqualTo(made);
  }

  @Test
  void certificate_namesEachServer_andChainsToItsCa() throws GeneralSecurityException {
    var tls = wanted(Map.of(), Instant.now()).get("directory-tls");
    var certificate = certificate(tls.get("tls.crt"));
    var ca = certificate(tls.get("ca.crt"));

    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactly(
            "directory.gatehouse.svc",
            "*.directory.gatehouse.svc",
            "directory.gatehouse.svc.cluster.local",
            "*.directory.gatehouse.svc.cluster.local",
            "localhost",
            "127.0.0.1");
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(ca.getBasicConstraints()).isZero();
    assertThat(ca.getKeyUsage()[5]).isTrue();
    var parameters = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
    parameters.setRevocationEnabled(false);
    var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate));
    assertThat(CertPathValidator.getInstance("PKIX").validate(path, parameters)).isNotNull();
  }

  @Test
  void key_isThatOfTheCertificate_andHoldsItsPublicHalf() throws GeneralSecurityException {
    var tls = wanted(Map.of(), Instant.now()).get("directory-tls");
    var pem = tls.get("tls.key");
    var der =
        Base64.getMimeDecoder()
            .decode(pem.substring(pem.indexOf('\n'), pem.indexOf("-----END PRIVATE KEY")));
    var key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    var publicKey = certificate(tls.get("tls.crt")).getPublicKey();
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(der);
    var signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(der);

    assertThat(signature.verify(signed)).isTrue();
    var hex = HexFormat.of();
    var point = hex.formatHex(publicKey.getEncoded()).substring(2 * 26);
    assertThat(hex.formatHex(der)).endsWith(point);
  }

  private static Map<String, Map<String, String>> wanted(
      Map<String, Map<String, String>> existing, Instant now) {
    return DirectorySecrets.wanted(existing, "gatehouse", false, Optional.empty(), now);
  }

  private static X509Certificate certificate(String pem) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }
}
