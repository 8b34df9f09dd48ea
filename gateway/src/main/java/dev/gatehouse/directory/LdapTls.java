package dev.gatehouse.directory;

import com.unboundid.util.ssl.PEMFileKeyManager;
import dev.gatehouse.cluster.LdapSettings;
import dev.gatehouse.cluster.LdapSettings.Bind;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.TextFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The files that connections depend on. They are read for each connection, so that a password or
 * certificate may be replaced while the gateway runs.
 */
public record LdapTls(LdapSettings settings) {
  private static final int MAX_PASSWORD_BYTES = 4096;
  private static final int MAX_CA_BYTES = 1 << 20;

  /**
   * @throws UserError if the file cannot be read or is empty: to LDAP an empty password is an
   *     anonymous bind, which succeeds
   */
  public static String password(Path file) {
    var password =
        TextFile.read(file, "password file", MAX_PASSWORD_BYTES, ExitCode.CONFIG).strip();
    if (password.isEmpty()) {
      throw new UserError(ExitCode.CONFIG, "the password file %s is empty".formatted(file));
    }
    return password;
  }

  /**
   * What TLS trusts and shows.
   *
   * @throws UserError if a file cannot be read
   */
  public SSLSocketFactory tls() throws GeneralSecurityException {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys(), trust(), null);
      return new NameCheckingSockets(context.getSocketFactory());
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** Null is Java's own. */
  private TrustManager @Nullable [] trust() throws GeneralSecurityException, IOException {
    if (settings.ca().isEmpty()) {
      return null;
    }
    var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    var pem = TextFile.read(settings.ca().get(), "CA file", MAX_CA_BYTES, ExitCode.CONFIG);
    var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
    for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
      trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers();
  }

  private KeyManager[] keys() throws GeneralSecurityException {
    return switch (settings.bind()) {
      case Bind.Simple _ -> new KeyManager[0];
      case Bind.External(var certificate, var key) ->
          new KeyManager[] {new PEMFileKeyManager(certificate.toFile(), key.toFile())};
    };
  }
}
