package dev.gatehouse.console.commands.app;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.ConsoleFixture;
import org.junit.jupiter.api.Test;

final class AppListTest {
  private final ConsoleFixture fixture = new ConsoleFixture();

  @Test
  void list_asOrdinaryPerson_hasTheirsAndWhatToType() {
    assertThat(fixture.gate(ALICE, "app list").out())
        .contains("of-people", "ssh -N -L 8443:of-people:443 example.com", "For people")
        .doesNotContain("of-admins");
  }

  @Test
  void list_asAdministrator_hasALineForEachPort() {
    assertThat(fixture.gate(ROOT, "app list").out())
        .contains(
            "ssh -N -L 8080:of-admins:80 example.com",
            "ssh -N -L 8443:of-admins:8443 example.com",
            "ssh -N -L 8443:of-people:443 example.com");
  }

  @Test
  void list_json_hasGroups() {
    assertThat(fixture.gate(ALICE, "app list --json").out())
        .contains("\"app\" : \"of-people\"", "\"groups\" : [ \"people\" ]");
  }
}
