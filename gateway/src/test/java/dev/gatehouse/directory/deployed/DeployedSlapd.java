package dev.gatehouse.directory.deployed;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Running;
import java.security.GeneralSecurityException;

/** Debian's slapd as it is deployed, on free ports of the loopback address. */
public final class DeployedSlapd implements AutoCloseable {
  private final SlapdHome home;
  private final Running process;

  /** Waits until it answers. */
  DeployedSlapd(SlapdHome home, Running process) {
    this.home = home;
    this.process = process;
    // It says that it starts, and then begins to listen.
    process.awaitStderr("slapd starting");
    Poll.until(this::log, Poll.PATIENCE, () -> Ports.isListening(home.port()));
  }

  public SlapdHome home() {
    return home;
  }

  /** A new connection over StartTLS, bound as nobody yet. */
  public LDAPConnection connect() {
    try {
      var options = new LDAPConnectionOptions();
      options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(false));
      var connection = new LDAPConnection(options, "127.0.0.1", home.port());
      var tls = new SSLUtil(new PEMFileTrustManager(home.ca().toFile())).createSSLContext();
      var answer = connection.processExtendedOperation(new StartTLSExtendedRequest(tls));
      if (answer.getResultCode().intValue() != 0) {
        throw new IllegalStateException(answer + "\n" + log());
      }
      return connection;
    } catch (LDAPException | GeneralSecurityException e) {
      throw new IllegalStateException(log(), e);
    }
  }

  /** As above, bound. */
  public LDAPConnection connectAs(String dn, String password) throws LDAPException {
    var connection = connect();
    try {
      connection.bind(dn, password);
    } catch (LDAPException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  /** As above, bound as one of the services, such as {@code gateway}. */
  public LDAPConnection connectAsService(String name) throws LDAPException {
    return connectAs("cn=%s,cn=services".formatted(name), home.password(name));
  }

  public String log() {
    return process.stderrSoFar();
  }

  @Override
  public void close() {
    kill();
  }

  /** With SIGKILL, as when its machine is lost. */
  public void kill() {
    process.kill();
    process.await();
  }

  /** With SIGTERM, as a kubelet does. Returns its exit status. */
  public int stop() {
    process.terminate();
    return process.await().exit();
  }
}
