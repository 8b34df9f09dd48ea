package dev.gatehouse.platform.usage;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks each half minute at what is there, and writes every five minutes, or when something has
 * ended, how long it was. A pod's time is counted from its own start to when it was last seen, so
 * an operator that starts anew goes on where the one before it has stopped. One thread uses it.
 */
public final class UsageRecorder {
  /** How often {@link #round} wants to be called. */
  public static final Duration PAUSE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(UsageRecorder.class);
  private static final Duration WRITTEN_EVERY = Duration.ofMinutes(5);

  private final UsageView view;
  private final LedgerStore store;
  private final SteadyClock clock;

  /** What was seen and is not written yet, by uid. */
  private final Map<String, Sighting> pending = new HashMap<>();

  private @Nullable Instant written;

  /**
   * @param client stays the caller's
   * @param namespace of the operator
   */
  public UsageRecorder(KubernetesClient client, String namespace, InstantSource clock) {
    this(client, namespace, clock, System::nanoTime);
  }

  UsageRecorder(
      KubernetesClient client, String namespace, InstantSource clock, LongSupplier nanos) {
    this.view = new UsageView(client, namespace);
    this.store = new LedgerStore(client, namespace);
    this.clock = new SteadyClock(clock, nanos);
  }

  /**
   * Looks, and writes what is due. A failure is logged: the next round tries again. Blocks.
   *
   * @param workspaces the namespace of the workspaces
   */
  public void round(String workspaces) {
    try {
      var now = clock.now();
      var seen = view.look(workspaces, now);
      var ended = pending.keySet().stream().anyMatch(uid -> !seen.sightings().containsKey(uid));
      seen.sightings().forEach((uid, s) -> pending.merge(uid, s, Sighting::after));
      if (ended || written == null || !now.isBefore(written.plus(WRITTEN_EVERY))) {
        write(pending.values(), seen.sets(), now);
        pending.keySet().retainAll(seen.sightings().keySet());
        written = now;
      }
    } catch (KubernetesClientException e) {
      LOG.warn("[usage-not-written] what workspaces use is counted later: {}", e.getMessage());
    }
  }

  private void write(Collection<Sighting> sightings, Map<String, SetMarks> sets, Instant now) {
    var month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
    var start = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    var all = List.copyOf(sightings);
    var before = month.minusMonths(1);
    var isFirst = store.find(before).isEmpty();
    if (!isFirst && isLeftFromBefore(all, store.find(month), start)) {
      // First: whoever stops in between leaves this to be done again, which changes nothing.
      count(before, start, all, sets, now);
    }
    count(month, isFirst ? now : start, all, sets, now);
  }

  /** Whether something may have gone on in the month before after that was last written. */
  private static boolean isLeftFromBefore(
      List<Sighting> sightings, Optional<Ledger> ledger, Instant start) {
    return ledger.isEmpty()
        || sightings.stream()
            .anyMatch(s -> s.from().isBefore(start) && !ledger.get().hasCounted(s.uid()));
  }

  /**
   * @param since from when on a first ledger counts: from the beginning of its month where the
   *     month before was counted too
   */
  private void count(
      YearMonth month,
      Instant since,
      List<Sighting> sightings,
      Map<String, SetMarks> sets,
      Instant now) {
    store.change(
        month,
        there -> {
          var ledger = there.orElseGet(() -> new Ledger(month, since));
          ledger.count(sightings, sets, now);
          return ledger;
        });
  }
}
