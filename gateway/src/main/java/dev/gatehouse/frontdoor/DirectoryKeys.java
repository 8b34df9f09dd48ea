package dev.gatehouse.frontdoor;

import dev.gatehouse.key.KeyFile;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;

/**
 * Accepts the keys that the directory holds for the person. It is asked about keys that a client
 * only offers, too: an acceptance here proves nothing until MINA has checked a signature.
 */
final class DirectoryKeys implements PublickeyAuthenticator {
  @Override
  public boolean authenticate(String login, PublicKey offered, ServerSession session) {
    var candidate = session.getAttribute(Candidate.KEY);
    if (candidate == null || offered instanceof OpenSshCertificate) {
      return false;
    }
    var key = KeyFile.publicKey(offered);
    return candidate
        .person()
        .filter(p -> p.keys().stream().anyMatch(k -> k.key().equals(key)))
        .isPresent();
  }
}
