package dev.gatehouse.cluster;

import dev.gatehouse.cluster.Limits.PerSourcePenalties;
import dev.gatehouse.net.Cidr;
import java.time.Duration;
import java.util.List;

/** The section {@code limits.perSourcePenalties}. */
record PenaltiesReader(Section section) {
  private static final PerSourcePenalties USUAL = Limits.DEFAULT.perSourcePenalties();
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MAX_SOURCES = 1 << 20;

  PerSourcePenalties read(List<Cidr> exempt) {
    var penalties =
        new PerSourcePenalties(
            section.get("enabled", Values::flag, USUAL.enabled()),
            penalty("authFail", USUAL.authFail()),
            penalty("noAuth", USUAL.noAuth()),
            penalty("graceExceeded", USUAL.graceExceeded()),
            penalty("invalid", USUAL.invalid()),
            penalty("refuseConnection", USUAL.refuseConnection()),
            section.get("min", Amounts.duration(SECOND, DAY), USUAL.min()),
            section.get("max", Amounts.duration(SECOND, DAY), USUAL.max()),
            section.get("maxSources", Amounts.integer(1, MAX_SOURCES), USUAL.maxSources()),
            exempt);
    requireOrder(penalties);
    section.refuseUnknownKeys();
    return penalties;
  }

  private Duration penalty(String cause, Duration usual) {
    return section.get(cause, Amounts.durationOrNone(SECOND, DAY), usual);
  }

  /** Otherwise no source would ever be refused. */
  private void requireOrder(PerSourcePenalties penalties) {
    if (penalties.max().compareTo(penalties.min()) < 0) {
      section.refuse(
          section.keys().contains("min") ? "min" : "max",
          "leaves min (%s) longer than max (%s)"
              .formatted(Amounts.show(penalties.min()), Amounts.show(penalties.max())));
    }
  }
}
