package dev.gatehouse.testkit.aws;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of a long answer.
 *
 * @param next the token for the next; null: this is the last
 */
public record Page<T>(List<T> items, @Nullable String next) {

  /**
   * Cuts a page out.
   *
   * @param size as the stand-in was told
   * @param asked at most that many, as the request says
   * @param token of the page before
   */
  public static <T> Page<T> of(
      Collection<T> all, int size, @Nullable Integer asked, @Nullable String token) {
    var from = token == null ? 0 : Integer.parseInt(token.replaceFirst("^page-", ""));
    var length = Math.min(size, Optional.ofNullable(asked).orElse(size));
    var to = Math.min(all.size(), from + length);
    return new Page<>(List.copyOf(all).subList(from, to), to < all.size() ? "page-" + to : null);
  }
}
