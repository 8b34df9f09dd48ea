package dev.gatehouse.platform.helm;

/** Helm's own words for what went wrong; {@link HelmFailures} says what they mean. */
final class HelmError extends RuntimeException {
  private final String words;

  HelmError(String words, Throwable cause) {
    super(words, cause);
    this.words = words;
  }

  HelmError(String words) {
    super(words);
    this.words = words;
  }

  String words() {
    return words;
  }
}
