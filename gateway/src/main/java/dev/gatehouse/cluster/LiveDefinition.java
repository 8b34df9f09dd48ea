package dev.gatehouse.cluster;

import dev.gatehouse.failure.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private ClusterDefinition read;
  private String problem = "";

  /** One that never changes by itself. */
  public LiveDefinition(ClusterDefinition only) {
    this.file = Optional.empty();
    this.override = UnaryOperator.identity();
    this.current = only;
    this.read = only;
  }

  /**
   * Reads the file.
   *
   * @param override what the command line says otherwise, now and later
   * @throws UserError as {@link ClusterDefinitionFile#load}
   */
  public LiveDefinition(Path file, UnaryOperator<ClusterDefinition> override) {
    this.file = Optional.of(file);
    this.override = override;
    this.read = ClusterDefinitionFile.load(file);
    this.current = override.apply(read);
  }

  @Override
  public ClusterDefinition get() {
    return current;
  }

  /**
   * Reads the file again, which takes a millisecond: its time and size do not tell when a ConfigMap
   * is mounted. Called by one thread.
   */
  public void refresh() {
    file.ifPresent(this::refresh);
  }

  private void refresh(Path file) {
    try {
      var next = ClusterDefinitionFile.load(file);
      problem = "";
      if (!next.equals(read)) {
        read = next;
        take(override.apply(next));
      }
    } catch (UserError e) {
      if (!problem.equals(e.text())) {
        problem = e.text();
        LOG.error("[definition-refused] the definition before stays in force: {}", problem);
      }
    }
  }

  private void take(ClusterDefinition next) {
    var fixed = new ArrayList<String>();
    var before = current.gateway();
    var after = next.gateway();
    if (!before.host().equals(after.host()) || before.port() != after.port()) {
      fixed.add("gateway.host and gateway.port");
    }
    if (before.algorithms() != after.algorithms()) {
      fixed.add("gateway.algorithms");
    }
    current = next.withGateway(after.listeningAs(before));
    LOG.info("[definition-changed] {}", file.orElseThrow());
    if (!fixed.isEmpty()) {
      LOG.warn("[definition-restart] a restart is needed for {}", String.join(", ", fixed));
    }
  }
}
