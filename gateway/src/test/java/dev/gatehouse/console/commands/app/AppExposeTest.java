package dev.gatehouse.console.commands.app;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.ConsoleFixture;
import dev.gatehouse.console.ConsoleFixture.Outcome;
import org.junit.jupiter.api.Test;

final class AppExposeTest {
  private static final String TEXT =
      """
      gateway: {name: example.com}
      directory: {administrators: admins}
      apps:
        web:  # the old one
          host: web.example.com
          ports: [80]
          groups: [people]
      """;

  private final ConsoleFixture fixture = new ConsoleFixture().definedAs(TEXT);

  private Outcome gate(String line) {
    return fixture.gate(ROOT, line);
  }

  private String text() {
    return fixture.definitions.current().text();
  }

  @Test
  void expose_newApp_canBeReachedByItsGroup() {
    var outcome =
        gate("app expose grafana --port 3000 --host g.svc --group people --description 'For all'");
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(fixture.gate(ALICE, "app list").out())
        .contains("grafana\tssh -N -L 3000:grafana:3000 example.com\tpeople\tFor all\n");
    assertThat(text()).startsWith(TEXT);
  }

  @Test
  void expose_firstApp_makesTheSection() {
    fixture.definedAs("directory: {administrators: admins}\n");
    assertThat(gate("app expose grafana --port 3000").exit()).isZero();
    assertThat(fixture.gate(ROOT, "app list").out()).contains("grafana");
  }

  @Test
  void expose_appThatIsThere_changesWhatIsGiven() {
    assertThat(gate("app expose web --port 80 --port 443").exit()).isZero();
    assertThat(text()).isEqualTo(TEXT.replace("[80]", "[80, 443]"));
  }

  @Test
  void expose_withoutPortOrWithAWrongOne_isRefused() {
    assertThat(gate("app expose grafana").exit()).isEqualTo(64);
    assertThat(gate("app expose grafana --port 70000").exit()).isEqualTo(65);
    assertThat(gate("app expose localhost --port 80").exit()).isEqualTo(65);
    assertThat(text()).isEqualTo(TEXT);
  }

  @Test
  void hide_app_asksAndTakesItAway() {
    assertThat(gate("app hide web").err())
        .contains("This hides the app web, and ends the tunnels to it.");
    assertThat(gate("app hide web --yes").exit()).isZero();
    assertThat(fixture.gate(ALICE, "app list").out()).isEmpty();
    assertThat(gate("app hide web --yes").err()).contains("the definition has no apps");
  }
}
