package dev.gatehouse.directory.embedded;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.schema.Schema;
import com.unboundid.ldif.LDIFException;
import java.io.IOException;
import java.util.Objects;

/** The standard schema and, from schema.ldif, what POSIX accounts need besides. */
final class EmbeddedSchema {
  private static final String RESOURCE = "schema.ldif";

  private EmbeddedSchema() {}

  static Schema load() {
    try {
      return Objects.requireNonNull(Schema.mergeSchemas(Schema.getDefaultStandardSchema(), ours()));
    } catch (LDAPException | LDIFException | IOException e) {
      throw new AssertionError("the schema is a part of the program", e);
    }
  }

  /** Only what schema.ldif defines. */
  static Schema ours() throws IOException, LDIFException {
    try (var in = EmbeddedSchema.class.getResourceAsStream(RESOURCE)) {
      return Objects.requireNonNull(Schema.getSchema(Objects.requireNonNull(in, RESOURCE)));
    }
  }
}
