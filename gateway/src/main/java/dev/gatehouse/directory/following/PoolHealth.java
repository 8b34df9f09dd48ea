package dev.gatehouse.directory.following;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPoolHealthCheck;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Which connections of the pool are good for a question: not one on which the last one failed, not
 * one that does not answer in the background, and not an old one, for by now the first server may
 * answer again.
 */
final class PoolHealth extends LDAPConnectionPoolHealthCheck {
  private static final Duration MAX_AGE = Duration.ofSeconds(20);

  private final InstantSource clock;

  PoolHealth(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void ensureConnectionValidForCheckout(LDAPConnection connection) throws LDAPException {
    var made = Instant.ofEpochMilli(connection.getConnectTime());
    if (clock.instant().isAfter(made.plus(MAX_AGE))) {
      throw new LDAPException(ResultCode.SERVER_DOWN, "the connection is old");
    }
  }

  /** Everybody may read the root DSE. */
  @Override
  public void ensureConnectionValidForContinuedUse(LDAPConnection connection) throws LDAPException {
    if (connection.getRootDSE() == null) {
      throw new LDAPException(ResultCode.SERVER_DOWN, "the server has no root DSE");
    }
  }
}
