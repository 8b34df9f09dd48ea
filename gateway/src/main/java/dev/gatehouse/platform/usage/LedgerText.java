package dev.gatehouse.platform.usage;

import dev.gatehouse.cost.UsageText;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A ledger as the two values of a ConfigMap: what gateways read, and what only counting needs. */
final class LedgerText {
  static final String COUNTERS = "counters.json.gz";

  private static final JsonMapper JSON = JsonMapper.shared();

  private record Counters(long since, long forgotten, Map<String, Counter> counters) {}

  private LedgerText() {}

  static Map<String, byte[]> of(Ledger ledger) {
    var counters =
        new Counters(
            ledger.since().getEpochSecond(),
            ledger.forgotten().getEpochSecond(),
            ledger.counters());
    return Map.of(
        UsageText.KEY,
        UsageText.of(ledger.usage()),
        COUNTERS,
        UsageText.packed(JSON.writeValueAsBytes(counters)));
  }

  /** Empty if it is none. */
  static Optional<Ledger> read(Map<String, byte[]> data) {
    var usage = Optional.ofNullable(data.get(UsageText.KEY)).flatMap(UsageText::read);
    var packed = data.get(COUNTERS);
    if (usage.isEmpty() || packed == null) {
      return Optional.empty();
    }
    try {
      var counters = JSON.readValue(UsageText.unpacked(packed), Counters.class);
      return Optional.of(
          new Ledger(
              usage.get(),
              Instant.ofEpochSecond(counters.since()),
              Instant.ofEpochSecond(counters.forgotten()),
              counters.counters()));
    } catch (IOException | JacksonException | NullPointerException e) {
      return Optional.empty();
    }
  }
}
