package dev.gatehouse.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** One thing that a result tells, still typed, so that each way of rendering can do it justice. */
sealed interface Value {
  record Text(String text) implements Value {}

  record Count(long number) implements Value {}

  /** A number of bytes. */
  record Bytes(long number) implements Value {}

  record Flag(boolean on) implements Value {}

  record Moment(Instant at) implements Value {}

  record Span(Duration length) implements Value {}

  record Many(List<String> texts) implements Value {}

  /** A word from a fixed set, and how it looks where there is colour. */
  record State(String word, Line.Style style) implements Value {}

  /** Not there: {@code -}, or null in JSON. */
  record None() implements Value {}

  static Value of(Object text) {
    return new Text(text.toString());
  }

  static Value of(Collection<?> texts) {
    return new Many(texts.stream().map(Object::toString).toList());
  }
}
