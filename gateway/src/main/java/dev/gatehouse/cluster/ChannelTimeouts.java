package dev.gatehouse.cluster;

import dev.gatehouse.net.Glob;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * After how long without data a channel is closed: ChannelTimeout of sshd_config(5). Words are
 * types such as {@code direct-tcpip}, {@code session:shell} and {@code session:subsystem:sftp},
 * which may have the wildcards {@code *} and {@code ?}. {@code session} stands for all kinds of
 * sessions, and {@code global}, which no wildcard matches, for all channels of a connection
 * together. Unlike in sshd_config the order does not count, since a YAML mapping has none: of the
 * words that fit a type, the one with the most letters counts.
 *
 * @param byWord zero means never
 */
public record ChannelTimeouts(NavigableMap<String, Duration> byWord) {
  static final String GLOBAL = "global";
  static final ChannelTimeouts NONE = new ChannelTimeouts(new TreeMap<>());

  private static final Comparator<String> NARROWEST =
      Comparator.<String>comparingInt(word -> word.replaceAll("[*?]", "").length())
          .thenComparing(Comparator.naturalOrder());

  public ChannelTimeouts {
    byWord = Collections.unmodifiableNavigableMap(new TreeMap<>(byWord));
  }

  public boolean isEmpty() {
    return byWord.isEmpty();
  }

  /** For one channel of this type. */
  public Optional<Duration> of(String type) {
    return byWord.entrySet().stream()
        .filter(e -> !e.getKey().equals(GLOBAL) && fits(e.getKey(), type))
        .max(Map.Entry.comparingByKey(NARROWEST))
        .map(Map.Entry::getValue)
        .filter(t -> !t.isZero());
  }

  /** For all channels together: traffic on one of them keeps the others. */
  public Optional<Duration> global() {
    return Optional.ofNullable(byWord.get(GLOBAL)).filter(t -> !t.isZero());
  }

  static boolean fits(String word, String type) {
    return Glob.matches(word, type) || type.startsWith(word + ":");
  }
}
