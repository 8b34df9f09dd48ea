package dev.gatehouse.metrics;

import dev.gatehouse.failure.Failure;

/**
 * How something that somebody asked for ended.
 *
 * @param name {@code granted}, or which of the three names of failure
 * @param code of docs/codes.md; {@code ok} if granted
 */
public record Outcome(String name, String code) {
  public static final Outcome GRANTED = new Outcome("granted", "ok");

  public static Outcome of(Failure failure) {
    return switch (failure) {
      case Failure.Denied(var code, _) -> denied(code);
      case Failure.Unavailable(var code, _) -> new Outcome("unavailable", code);
      case Failure.Broken(var code, _) -> new Outcome("broken", code);
    };
  }

  public static Outcome denied(String code) {
    return new Outcome("denied", code);
  }
}
