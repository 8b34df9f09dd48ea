package dev.gatehouse.key;

import dev.gatehouse.net.AddressPatterns;
import java.time.Instant;
import java.util.Optional;

/**
 * A key that somebody may log in with, and the conditions (sshd(8), AUTHORIZED_KEYS FILE FORMAT).
 *
 * @param from where it may be used from ({@code from=})
 * @param expiry from when on it is no longer accepted ({@code expiry-time=})
 * @param touchRequired whether a security key must have been touched; {@code no-touch-required}
 *     says that it need not
 * @param verifyRequired whether a security key must have verified its owner, by a PIN for instance
 *     ({@code verify-required})
 */
public record AuthorizedKey(
    SshPublicKey key,
    Restrictions restrictions,
    Optional<AddressPatterns> from,
    Optional<Instant> expiry,
    boolean touchRequired,
    boolean verifyRequired) {

  /** A key without any option. */
  public static AuthorizedKey plain(SshPublicKey key) {
    return new AuthorizedKey(
        key, Restrictions.NONE, Optional.empty(), Optional.empty(), true, false);
  }
}
