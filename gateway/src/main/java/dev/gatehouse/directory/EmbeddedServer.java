package dev.gatehouse.directory;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldap.sdk.schema.Schema;

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
    return server(config);
  }

  private static InMemoryDirectoryServerConfig config(String base, Schema schema) {
    try {
      var config = new InMemoryDirectoryServerConfig(base);
      config.setSchema(schema);
      config.setEnforceAttributeSyntaxCompliance(true);
      config.setEnforceSingleStructuralObjectClass(true);
      // The file stays as people write it.
      config.setGenerateOperationalAttributes(false);
      return config;
    } catch (LDAPException e) {
      throw new AssertionError("the base is a well-formed DN: " + base, e);
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
