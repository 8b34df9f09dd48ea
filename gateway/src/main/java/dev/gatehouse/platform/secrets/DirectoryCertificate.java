package dev.gatehouse.platform.secrets;

import com.unboundid.asn1.ASN1BitString;
import com.unboundid.asn1.ASN1Boolean;
import com.unboundid.asn1.ASN1Element;
import com.unboundid.asn1.ASN1Exception;
import com.unboundid.asn1.ASN1IA5String;
import com.unboundid.asn1.ASN1Integer;
import com.unboundid.asn1.ASN1ObjectIdentifier;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.util.OID;
import com.unboundid.util.ssl.cert.CertException;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import com.unboundid.util.ssl.cert.X509CertificateExtension;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A certificate for the directory's servers, and the CA that has signed it. The CA's own key is
 * thrown away: nobody can make a second certificate with it.
 *
 * @param ca PEM
 * @param certificate PEM
 * @param key PEM of PKCS #8
 */
record DirectoryCertificate(String ca, String certificate, String key) {
  private static final Duration VALID = Duration.ofDays(730);

  /** Clocks of nodes differ. */
  private static final Duration CLOCKS = Duration.ofMinutes(5);

  private static final OID BASIC_CONSTRAINTS = new OID("2.5.29.19");
  private static final OID KEY_USAGE = new OID("2.5.29.15");
  private static final OID EXTENDED_KEY_USAGE = new OID("2.5.29.37");
  private static final OID SUBJECT_ALTERNATIVE_NAME = new OID("2.5.29.17");
  private static final OID SERVER_AUTHENTICATION = new OID("1.3.6.1.5.5.7.3.1");

  /** The context-specific tags of a GeneralName (RFC 5280, 4.2.1.6). */
  private static final byte DNS_NAME = (byte) 0x82;

  private static final byte IP_ADDRESS = (byte) 0x87;

  private static final OID EC_PUBLIC_KEY = new OID("1.2.840.10045.2.1");
  private static final OID P_256 = new OID("1.2.840.10045.3.1.7");
  private static final int SCALAR_BYTES = 32;

  /** The explicit tag 1 of an ECPrivateKey (RFC 5915, 3). */
  private static final byte PUBLIC_KEY = (byte) 0xa1;

  /** Bits of KeyUsage (RFC 5280, 4.2.1.3). */
  private static final int DIGITAL_SIGNATURE = 0;

  private static final int KEY_CERT_SIGN = 5;
  private static final int KEY_USAGES = 9;

  /**
   * Makes one for the servers of a namespace.
   *
   * @param namespace servers are checked against their names in it
   */
  static DirectoryCertificate make(String namespace, Instant now) {
    try {
      var caKey = keyPair();
      var from = now.minus(CLOCKS).toEpochMilli();
      var until = now.plus(VALID).toEpochMilli();
      var ca =
          X509Certificate.generateSelfSignedCertificate(
              SignatureAlgorithmIdentifier.SHA_256_WITH_ECDSA,
              caKey,
              name("Gatehouse directory CA"),
              from,
              until,
              new X509CertificateExtension(
                  BASIC_CONSTRAINTS,
                  true,
                  new ASN1Sequence(new ASN1Boolean(true), new ASN1Integer(0)).encode()),
              usage(KEY_CERT_SIGN));
      var key = keyPair();
      var service = "directory.%s.svc".formatted(namespace);
      var certificate = signed(ca, caKey, key, service, from, until);
      return new DirectoryCertificate(
          ca.toPEMString().strip() + "\n",
          certificate.toPEMString().strip() + "\n",
          pem("PRIVATE KEY", encoded(key, certificate)));
    } catch (CertException | ASN1Exception | GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot make a certificate", e);
    }
  }

  /** When a certificate ends; empty if the text is none. */
  static Optional<Instant> end(String pem) {
    try {
      var certificate =
          (java.security.cert.X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
      return Optional.of(certificate.getNotAfter().toInstant());
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }

  private static X509Certificate signed(
      X509Certificate ca, KeyPair caKey, KeyPair key, String service, long from, long until)
      throws CertException, ASN1Exception {
    // Only to have the key in the forms that the next call wants.
    var self =
        X509Certificate.generateSelfSignedCertificate(
            SignatureAlgorithmIdentifier.SHA_256_WITH_ECDSA, key, name(service), from, until);
    return X509Certificate.generateIssuerSignedCertificate(
        SignatureAlgorithmIdentifier.SHA_256_WITH_ECDSA,
        ca,
        caKey.getPrivate(),
        self.getPublicKeyAlgorithmOID(),
        self.getPublicKeyAlgorithmParameters(),
        self.getEncodedPublicKey(),
        self.getDecodedPublicKey(),
        name(service),
        from,
        until,
        new X509CertificateExtension(BASIC_CONSTRAINTS, true, new ASN1Sequence().encode()),
        usage(DIGITAL_SIGNATURE),
        new X509CertificateExtension(
            EXTENDED_KEY_USAGE,
            false,
            new ASN1Sequence(new ASN1ObjectIdentifier(SERVER_AUTHENTICATION)).encode()),
        new X509CertificateExtension(
            SUBJECT_ALTERNATIVE_NAME, false, new ASN1Sequence(names(service)).encode()));
  }

  /** Those of the Service and of each server behind it, and those of the pod itself. */
  private static List<ASN1Element> names(String service) throws ASN1Exception {
    var names = new ArrayList<ASN1Element>();
    for (var name :
        List.of(
            service,
            "*." + service,
            service + ".cluster.local",
            "*." + service + ".cluster.local",
            "localhost")) {
      names.add(new ASN1IA5String(DNS_NAME, name));
    }
    names.add(new ASN1OctetString(IP_ADDRESS, new byte[] {127, 0, 0, 1}));
    return names;
  }

  private static X509CertificateExtension usage(int bit) {
    var bits = new boolean[KEY_USAGES];
    bits[bit] = true;
    return new X509CertificateExtension(KEY_USAGE, true, new ASN1BitString(bits).encode());
  }

  private static DN name(String commonName) {
    return new DN(new RDN("CN", commonName));
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  /**
   * Encodes a private key with its public half (RFC 5915, 3; RFC 5208, 5). Java leaves that out,
   * and GnuTLS, with which Debian's slapd is built, reads no key without it.
   */
  private static byte[] encoded(KeyPair pair, X509Certificate certificate) throws ASN1Exception {
    var scalar = ((ECPrivateKey) pair.getPrivate()).getS().toByteArray();
    var fixed = new byte[SCALAR_BYTES];
    var length = Math.min(scalar.length, SCALAR_BYTES);
    System.arraycopy(scalar, scalar.length - length, fixed, SCALAR_BYTES - length, length);
    var key =
        new ASN1Sequence(
            new ASN1Integer(1),
            new ASN1OctetString(fixed),
            new ASN1Element(PUBLIC_KEY, certificate.getEncodedPublicKey().encode()));
    return new ASN1Sequence(
            new ASN1Integer(0),
            new ASN1Sequence(
                new ASN1ObjectIdentifier(EC_PUBLIC_KEY), new ASN1ObjectIdentifier(P_256)),
            new ASN1OctetString(key.encode()))
        .encode();
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), what);
  }
}
