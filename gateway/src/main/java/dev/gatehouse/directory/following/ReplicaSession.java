package dev.gatehouse.directory.following;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import dev.gatehouse.directory.Replica;
import java.util.function.BooleanSupplier;

/** One way to keep a copy up to date over one connection. */
interface ReplicaSession {
  /** Who is told how it goes. */
  interface Progress {
    /** The copy is complete, and is from now on the one to use. */
    void complete(Replica replica);

    /** It is still what the directory says. */
    void confirmed();
  }

  /**
   * Follows until the connection ends or another is to be preferred.
   *
   * @param preferred whether to end for another server
   */
  void follow(LDAPConnection connection, Progress progress, BooleanSupplier preferred)
      throws LDAPException, InterruptedException;
}
