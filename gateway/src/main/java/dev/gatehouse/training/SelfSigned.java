package dev.gatehouse.training;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key for TLS on 127.0.0.1 and a certificate by itself, which is made by the JVM's keytool. */
record SelfSigned(KeyStore keys) {
  private static final String NAME = "training";

  /** It is for minutes, and for this process alone. */
  private static final String PASSWORD = "training";

  private static final int BACKLOG = 50;

  static SelfSigned make(Path folder) throws IOException, InterruptedException {
    var file = folder.resolve("training.p12");
    var log = folder.resolve("keytool.log");
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                NAME,
                "-dname",
                "CN=" + NAME,
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed: " + Files.readString(log));
    }
    try (var in = Files.newInputStream(file)) {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      return new SelfSigned(keys);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** The certificate as a kubeconfig holds it: PEM, and that in Base64. */
  String pem() {
    try {
      var der = keys.getCertificate(NAME).getEncoded();
      var pem =
          "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
              .formatted(Base64.getMimeEncoder().encodeToString(der));
      return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** On a free port of 127.0.0.1. */
  ServerSocket listen() throws IOException {
    try {
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD.toCharArray());
      var tls = SSLContext.getInstance("TLS");
      tls.init(managers.getKeyManagers(), null, null);
      return tls.getServerSocketFactory()
          .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
