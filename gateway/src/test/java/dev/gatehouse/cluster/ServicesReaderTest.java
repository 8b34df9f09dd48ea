package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.cluster.WorkspaceService.Listens;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.ServiceName;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code services:} of a machine type. */
final class ServicesReaderTest {
  private static NavigableMap<ServiceName, WorkspaceService> services(String type, String yaml) {
    var types = ClusterDefinitionFile.parse("c.yaml", yaml).machineTypes();
    return Objects.requireNonNull(types.get(new MachineTypeName(type)), type).services();
  }

  private static WorkspaceService service(String type, String name, String yaml) {
    return Objects.requireNonNull(services(type, yaml).get(new ServiceName(name)), name);
  }

  private static String mistakes(String services) {
    var yaml = "machineTypes: {standard: {services: {" + services + "}}}";
    return catchThrowableOfType(UserError.class, () -> ClusterDefinitionFile.parse("c.yaml", yaml))
        .text();
  }

  @Test
  void parse_commandAndPort_isEnough() {
    assertThat(
            service(
                "standard",
                "web",
                "machineTypes: {standard: {services: {web: {command: exec web -p 8080, port:"
                    + " 8080}}}}"))
        .isEqualTo(
            new WorkspaceService(
                new ServiceName("web"),
                "",
                "exec web -p 8080",
                new Listens.Port(8080),
                Optional.empty(),
                Duration.ofMinutes(1),
                "~",
                new TreeMap<>(),
                Optional.empty(),
                "/"));
  }

  @Test
  void parse_like_inheritsServicesKeyByKey() {
    var yaml =
        """
        machineTypes:
          standard:
            services:
              jupyter: {command: jupyter, port: 8888, environment: {A: 1, B: 2}}
          big:
            like: standard
            services:
              jupyter: {environment: {B: 3}}
              web: {command: web, socket: ~/web.sock}
        """;
    var jupyter = service("big", "jupyter", yaml);
    assertThat(jupyter.command()).isEqualTo("jupyter");
    assertThat(jupyter.environment()).hasToString("{A=1, B=3}");
    assertThat(service("big", "web", yaml).listens()).isEqualTo(new Listens.Socket("~/web.sock"));
    assertThat(services("standard", yaml)).hasSize(1);
  }

  @Test
  void parse_mistakes_areToldWithTheirPlace() {
    assertThat(mistakes("a: {port: 8888}"))
        .contains("machineTypes.standard.services.a has no command");
    assertThat(mistakes("a: {command: b}")).contains("must have either a port or a socket");
    assertThat(mistakes("a: {command: b, port: 8888, socket: /a}"))
        .contains("must have either a port or a socket");
    assertThat(mistakes("a: {command: b, port: 2222}")).contains("the workspace's sshd listens");
    assertThat(mistakes("a: {command: b, port: 80}")).contains("from 1024 to 65535");
    assertThat(mistakes("a: {command: b, port: 8888}, c: {command: d, port: 8888}"))
        .contains("services.c listens where 'a' does");
    assertThat(mistakes("a: {command: b, port: 8888, path: '/?t={token}'}"))
        .contains("no tokenVariable");
    assertThat(mistakes("a: {command: b, port: 8888, environment: {APP_TOKEN: abcdefg}}"))
        .contains("would be a secret in clear text");
    assertThat(mistakes("a_b: {command: b, port: 8888}")).contains("service 'a_b' is not valid");
    assertThat(mistakes("a: {command: b, port: 8888, colour: red}")).contains("unknown key");
  }
}
