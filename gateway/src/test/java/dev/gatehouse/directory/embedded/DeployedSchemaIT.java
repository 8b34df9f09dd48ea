package dev.gatehouse.directory.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.ldap.sdk.schema.ObjectClassDefinition;
import com.unboundid.ldap.sdk.schema.Schema;
import dev.gatehouse.directory.deployed.SlapdHome;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People can move from the embedded directory to the deployed one: both know the same words. */
final class DeployedSchemaIT {
  /** With us a string: ppolicy locks for good by a time in a year that UnboundID does not know. */
  private static final String LOCKED_TIME = "pwdAccountLockedTime";

  @Test
  void schema_ofBothDirectories_isTheSame(@TempDir Path folder) throws Exception {
    try (var slapd = SlapdHome.in(folder).start();
        var gateway = slapd.connectAsService("gateway")) {
      var deployed = Objects.requireNonNull(gateway.getSchema());
      for (var ours : EmbeddedSchema.ours().getAttributeTypes()) {
        if (ours.hasNameOrOID(LOCKED_TIME)) {
          continue;
        }
        assertThat(meaning(deployed.getAttributeType(ours.getNameOrOID())))
            .as(ours.getNameOrOID())
            .isEqualTo(meaning(ours));
      }
      for (var ours : EmbeddedSchema.ours().getObjectClasses()) {
        assertThat(meaning(deployed, deployed.getObjectClass(ours.getNameOrOID())))
            .as(ours.getNameOrOID())
            .isEqualTo(meaning(deployed, ours));
      }
    }
  }

  private static List<Object> meaning(AttributeTypeDefinition type) {
    return List.of(
        type.getOID(),
        String.valueOf(type.getEqualityMatchingRule()),
        String.valueOf(type.getSyntaxOID()),
        type.isSingleValued());
  }

  private static List<Object> meaning(Schema schema, ObjectClassDefinition type) {
    return List.of(
        type.getOID(),
        String.valueOf(type.getObjectClassType()),
        attributes(schema, type.getRequiredAttributes()),
        attributes(schema, type.getOptionalAttributes()));
  }

  private static Set<String> attributes(Schema schema, String... names) {
    return Set.of(
        List.of(names).stream()
            .map(n -> schema.getAttributeType(n).getOID())
            .toArray(String[]::new));
  }
}
