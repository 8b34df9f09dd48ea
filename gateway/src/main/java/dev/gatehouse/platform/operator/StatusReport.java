package dev.gatehouse.platform.operator;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.platform.status.PartStatus;
import dev.gatehouse.platform.status.PartStatus.State;
import dev.gatehouse.platform.status.PlatformStatus;
import dev.gatehouse.platform.status.StatusConfigMap;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the gateways and the log how it stands with each part. Only the operator's thread writes.
 */
final class StatusReport {
  private static final Logger LOG = LoggerFactory.getLogger(StatusReport.class);

  private final StatusConfigMap place;
  private final InstantSource clock;
  private volatile PlatformStatus status = PlatformStatus.NONE;

  /** What the cluster has; null if that is not known. */
  private @Nullable PlatformStatus written;

  StatusReport(StatusConfigMap place, InstantSource clock) {
    this.place = place;
    this.clock = clock;
  }

  PlatformStatus status() {
    return status;
  }

  /** Begins with what an operator before this one has said. */
  void open() {
    if (written == null) {
      status = place.read().orElse(PlatformStatus.NONE);
      written = status;
    }
  }

  void applied(long revision, String part) {
    tell(revision, part, State.APPLIED, Optional.empty(), "");
  }

  void applying(long revision, String part, String message) {
    tell(revision, part, State.APPLYING, Optional.empty(), message);
  }

  void waiting(long revision, String part, String code, String message) {
    tell(revision, part, State.WAITING, Optional.of(code), message);
  }

  void refused(long revision, String part, Failure why) {
    tell(revision, part, State.REFUSED, Optional.of(why.code()), why.message());
  }

  void failed(long revision, String part, Failure why) {
    tell(revision, part, State.FAILED, Optional.of(why.code()), why.message());
  }

  /** Forgets parts that there are no longer. */
  void only(List<String> parts) {
    status = status.only(parts);
    write();
  }

  /** Says that nothing is left to do at once for a request to try again. */
  void tried(Optional<Instant> request) {
    status = status.answering(request);
    write();
  }

  private void tell(
      long revision, String part, State state, Optional<String> code, String message) {
    var before = status;
    var told = new PartStatus(part, state, revision, clock.instant(), code, message);
    status = before.with(revision, told);
    if (!status.equals(before)) {
      log(told);
    }
    write();
  }

  /** What could not be written is written with what comes next. */
  private void write() {
    if (status.equals(written)) {
      return;
    }
    try {
      place.write(status);
      written = status;
    } catch (FailureException e) {
      LOG.warn("[operator-status-not-written] {}", e.failure().message());
    }
  }

  private static void log(PartStatus status) {
    var code = status.code().orElse("");
    switch (status.state()) {
      case APPLIED ->
          LOG.info("[part-applied] {} is as revision {} says", status.part(), status.revision());
      case APPLYING -> LOG.debug("{}: {}", status.part(), status.message());
      case WAITING, REFUSED ->
          LOG.warn(
              "[part-{}] {} of revision {}: {} ({})",
              status.state().word(),
              status.part(),
              status.revision(),
              status.message(),
              code);
      case FAILED ->
          LOG.error(
              "[part-failed] {} of revision {}: {} ({})",
              status.part(),
              status.revision(),
              status.message(),
              code);
    }
  }
}
