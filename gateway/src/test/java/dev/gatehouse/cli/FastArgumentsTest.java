package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FastArgumentsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "try",
        "try --port 0",
        "try --port 59999 --state s --cluster c",
        "serve",
        "serve --cluster c --state s",
        "train try",
        "train serve",
        "train operate"
      })
  void of_commandWithOptionsAndValues_isPlain(String line) {
    assertThat(FastArguments.of(line.split(" "))).isPresent();
  }

  /** What picocli is to answer: help, mistakes, and all that can be written in other ways. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "unknown",
        "try --help",
        "try --port",
        "try --port x",
        "try --port 65536",
        "try --port -1",
        "try --port=0",
        "try --port 0 --port 1",
        "try --state --port 0",
        "try --state @file",
        "try again",
        "serve --port 0",
        "train",
        "train again",
        "train try --state s"
      })
  void of_anythingElse_isEmpty(String line) {
    assertThat(FastArguments.of(line.split(" "))).isEmpty();
  }

  @Test
  void of_nothing_isEmpty() {
    assertThat(FastArguments.of()).isEmpty();
  }
}
