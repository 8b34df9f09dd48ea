package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.directory.LdapCheck;
import dev.gatehouse.doctor.Finding;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** What {@code gatehouse doctor} asks of a directory, from a machine outside of the cluster. */
final class DoctorCommandTest {
  @Test
  void checks_deployedDirectory_isLeftToTheGateway() {
    var definition = ClusterDefinitionFile.parse("cluster.yaml", "directory: {deployed: {}}");

    assertThat(DoctorCommand.checks(definition, InstantSource.system()))
        .singleElement()
        .satisfies(
            check ->
                assertThat(check.findings())
                    .extracting(Finding::state)
                    .containsExactly(Finding.State.NOT_CHECKED));
  }

  @Test
  void checks_ownServers_areAsked() {
    var definition =
        ClusterDefinitionFile.parse(
            "cluster.yaml",
            """
            directory:
              ldap:
                servers: [ldaps://ldap.example.com]
                base: dc=example,dc=com
                bindDn: cn=gatehouse,dc=example,dc=com
                bindPasswordFile: ldap-password
            """);

    assertThat(DoctorCommand.checks(definition, InstantSource.system()))
        .singleElement()
        .isInstanceOf(LdapCheck.class);
  }
}
