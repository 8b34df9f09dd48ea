package dev.gatehouse.workspace.local;

import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in one login name with a certificate of one CA that names it. MINA has checked before that
 * this is a user certificate, valid now, really signed by the key that it names as its CA, without
 * a critical option unknown to it, and from an allowed source address.
 */
record CertificateLogin(String login, SshPublicKey ca) implements PublickeyAuthenticator {
  private static final Logger log = LoggerFactory.getLogger(CertificateLogin.class);

  @Override
  public boolean authenticate(String username, PublicKey key, ServerSession session) {
    var accepted =
        key instanceof OpenSshCertificate certificate
            && username.equals(login)
            && KeyFile.publicKey(certificate.getCaPubKey()).equals(ca)
            && names(certificate);
    if (!accepted) {
      log.info("[local-login-refused] {} from {}", login, session.getRemoteAddress());
    }
    return accepted;
  }

  /** A certificate without principals would be good for everybody. */
  private boolean names(OpenSshCertificate certificate) {
    var principals = certificate.getPrincipals();
    return principals != null && principals.contains(login);
  }
}
