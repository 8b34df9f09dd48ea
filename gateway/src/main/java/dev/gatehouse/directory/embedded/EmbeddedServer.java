package dev.gatehouse.directory.embedded;

import com.unboundid.ldap.listener.Base64PasswordEncoderOutputFormatter;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryPasswordEncoder;
import com.unboundid.ldap.listener.SaltedMessageDigestInMemoryPasswordEncoder;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldap.sdk.schema.Schema;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** In-memory servers of one schema: one that people read, and one in which changes are prepared. */
final class EmbeddedServer {
  private EmbeddedServer() {}

  /** Answers and never changes by an operation, whoever asks. */
  static InMemoryDirectoryServer readOnly(String base, Schema schema) {
    var config = config(base, schema);
    config.setAllowedOperationTypes(
        OperationType.SEARCH, OperationType.COMPARE, OperationType.BIND);
    config.setEqualityIndexAttributes("uid", "memberUid", "member", "gidNumber");
    return server(config);
  }

  static InMemoryDirectoryServer writable(String base, Schema schema) {
    var config = config(base, schema);
    config.setReferentialIntegrityAttributes("member");
    config.setEqualityIndexAttributes("uid", "cn", "uidNumber", "gidNumber");
    return server(config);
  }

  private static InMemoryDirectoryServerConfig config(String base, Schema schema) {
    try {
      var config = new InMemoryDirectoryServerConfig(base);
      config.setSchema(schema);
      config.setEnforceAttributeSyntaxCompliance(true);
      config.setEnforceSingleStructuralObjectClass(true);
      config.setPasswordEncoders(passwords());
      // The file stays as people write it.
      config.setGenerateOperationalAttributes(false);
      return config;
    } catch (LDAPException e) {
      throw new AssertionError("the base is a well-formed DN: " + base, e);
    }
  }

  /** As slapd's pw-sha2; a password that stands in an LDIF file in clear is encoded at once. */
  private static InMemoryPasswordEncoder passwords() {
    try {
      return new SaltedMessageDigestInMemoryPasswordEncoder(
          "{SSHA512}",
          Base64PasswordEncoderOutputFormatter.getInstance(),
          MessageDigest.getInstance("SHA-512"),
          16,
          false,
          true);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-512", e);
    }
  }

  private static InMemoryDirectoryServer server(InMemoryDirectoryServerConfig config) {
    try {
      return new InMemoryDirectoryServer(config);
    } catch (LDAPException e) {
      throw new AssertionError("a server in memory has nothing to fail on", e);
    }
  }
}
