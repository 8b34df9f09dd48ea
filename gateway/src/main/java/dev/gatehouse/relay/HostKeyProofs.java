package dev.gatehouse.relay;

import dev.gatehouse.key.SshPublicKey;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.session.Session;

/**
 * What clients that keep a known_hosts file are told of the gateway's host keys (OpenSSH, PROTOCOL,
 * 2.5). Nothing here blocks.
 */
public interface HostKeyProofs {
  /** The keys to announce, those that are not yet used included. */
  List<SshPublicKey> announced();

  /**
   * Proves to one client that the gateway has a key.
   *
   * @param blob the public key's wire form, as the client sent it
   * @return a signature blob (RFC 4253, 6.6), empty if the key is none of the gateway's
   */
  Optional<byte[]> prove(byte[] blob, Session session);
}
