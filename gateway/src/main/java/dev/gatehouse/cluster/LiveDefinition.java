package dev.gatehouse.cluster;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definition as it is now: who asks twice may get two. A file that is broken or gone changes
 * nothing.
 */
public final class LiveDefinition implements Supplier<ClusterDefinition> {
  private static final Logger LOG = LoggerFactory.getLogger(LiveDefinition.class);

  private final Optional<Path> file;
  private final UnaryOperator<ClusterDefinition> override;
  private volatile ClusterDefinition current;
  private Reading last;
  private Reading heeded;

  /** What the file is found to be; two of the same content are equal. */
  private sealed interface Reading {
    record Sound(ClusterDefinition definition) implements Reading {}

    record Refused(String why) implements Reading {}
  }

  /** One that never changes by itself. */
  public LiveDefinition(ClusterDefinition only) {
    this(Optional.empty(), UnaryOperator.identity(), only);
  }

  /**
   * Reads the file.
   *
   * @param override what the command line says otherwise, now and later
   * @throws UserError as {@link ClusterDefinitionFile#load}
   */
  public LiveDefinition(Path file, UnaryOperator<ClusterDefinition> override) {
    this(Optional.of(file), override, ClusterDefinitionFile.load(file));
  }

  private LiveDefinition(
      Optional<Path> file, UnaryOperator<ClusterDefinition> override, ClusterDefinition first) {
    this.file = file;
    this.override = override;
    this.current = override.apply(first);
    this.last = new Reading.Sound(first);
    this.heeded = last;
  }

  @Override
  public ClusterDefinition get() {
    return current;
  }

  /**
   * Reads the file again, which takes a millisecond: its time and size do not tell when a ConfigMap
   * is mounted. A change is heeded when it was read twice the same: half of a file that somebody is
   * just writing may be sound too, and would end people's sessions. Called every few seconds by one
   * thread.
   */
  public void refresh() {
    file.ifPresent(this::refresh);
  }

  private void refresh(Path path) {
    var now = read(path);
    var settled = now.equals(last);
    last = now;
    if (settled && !now.equals(heeded)) {
      heeded = now;
      switch (now) {
        case Reading.Sound(var definition) -> take(path, override.apply(definition));
        case Reading.Refused(var why) ->
            LOG.error("[definition-refused] the definition before stays in force: {}", why);
      }
    }
  }

  private static Reading read(Path path) {
    try {
      return new Reading.Sound(ClusterDefinitionFile.load(path));
    } catch (UserError e) {
      return new Reading.Refused(e.text());
    }
  }

  private void take(Path path, ClusterDefinition next) {
    var running = current;
    var changed = next.needingRestart(running);
    current = next.startedAs(running);
    LOG.info("[definition-changed] {} is in force", Quote.path(path));
    if (!changed.isEmpty()) {
      LOG.warn(
          "[definition-restart] what {} now says of {} takes effect after a restart",
          Quote.path(path),
          String.join(", ", changed));
    }
  }
}
