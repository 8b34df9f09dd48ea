package dev.gatehouse.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.name.Username;
import org.junit.jupiter.api.Test;

final class HistoriesTest {
  private final Histories histories = new Histories();

  @Test
  void add_tooManyLines_forgetsTheOldest() {
    var alice = new Username("alice");
    for (var i = 0; i < 250; i++) {
      histories.add(alice, "line " + i);
    }
    assertThat(histories.of(alice)).hasSize(200).startsWith("line 50").endsWith("line 249");
  }

  @Test
  void add_tooManyPeople_forgetsWhoWasAwayLongest() {
    for (var i = 0; i < 1_001; i++) {
      histories.add(new Username("person" + i), "status");
    }
    assertThat(histories.of(new Username("person0"))).isEmpty();
    assertThat(histories.of(new Username("person1"))).containsExactly("status");
  }
}
