package dev.gatehouse.frontdoor.hostkeys;

import dev.gatehouse.console.HostKeyring.HostKey;
import dev.gatehouse.console.HostKeyring.State;
import dev.gatehouse.key.SshPublicKey;
import java.security.KeyPair;
import java.time.Instant;

/** A host key with its private half. */
record OwnKey(HostKeyType type, KeyPair pair, SshPublicKey publicKey, Instant made) {
  HostKey as(State state) {
    return new HostKey(publicKey, state, made);
  }

  /** The private half reaches no log. */
  @Override
  public String toString() {
    return publicKey.toString();
  }
}
