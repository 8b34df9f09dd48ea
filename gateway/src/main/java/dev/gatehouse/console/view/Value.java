package dev.gatehouse.console.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One thing that a result tells, still typed, so that each way of rendering can do it justice. */
public sealed interface Value {
  record Text(String text) implements Value {}

  record Count(long number) implements Value {}

  /** A number with a fraction, with as many digits as it is known to. */
  record Decimal(BigDecimal number) implements Value {}

  /** A number of bytes. */
  record Bytes(long number) implements Value {}

  /** Processor time per time. */
  record Cores(long millicores) implements Value {
    private static final int MILLI = 3;

    BigDecimal exactly() {
      var cores = BigDecimal.valueOf(millicores, MILLI).stripTrailingZeros();
      return cores.scale() < 0 ? cores.setScale(0, RoundingMode.UNNECESSARY) : cores;
    }

    /** To hundredths, as far as they say something. */
    public String roughly() {
      var rounded = exactly().setScale(2, RoundingMode.HALF_UP);
      return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
  }

  record Flag(boolean on) implements Value {}

  record Moment(Instant at) implements Value {}

  record Span(Duration length) implements Value {}

  record Many(List<String> texts) implements Value {}

  /** A word from a fixed set, and how it looks where there is colour. */
  record State(String word, Line.Style style) implements Value {}

  /** Not there: {@code -}, or null in JSON. */
  record None() implements Value {}

  static Value ofMoment(Optional<Instant> at) {
    return at.<Value>map(Moment::new).orElseGet(None::new);
  }

  static Value of(Object text) {
    return new Text(text.toString());
  }

  static Value of(Collection<?> texts) {
    return new Many(texts.stream().map(Object::toString).toList());
  }
}
