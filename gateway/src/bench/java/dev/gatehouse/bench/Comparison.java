package dev.gatehouse.bench;

/** One row's outcome. */
record Comparison(Series gateway, Series other) {
  private Row row() {
    return gateway.row();
  }

  /** The gateway's median as a part of the other's. */
  double ratio() {
    return gateway.median() / other.median();
  }

  boolean isMet() {
    return row().more() ? ratio() >= row().goal() : ratio() <= row().goal();
  }

  /** For a page in Markdown. */
  String line() {
    return "| %s | %s | %s | ×%.2f | %s ×%.2f, %s |%s"
        .formatted(
            row().name(),
            cell(gateway),
            (row().isAgainstDirect() ? "sshd: " : "") + cell(other),
            ratio(),
            row().more() ? "≥" : "≤",
            row().goal(),
            isMet() ? "met" : "not met",
            cpu());
  }

  private String cell(Series series) {
    return "%.4g %s (best %.4g, ±%.0f %%)"
        .formatted(series.median(), row().unit(), series.best(), 100 * series.spread());
  }

  private String cpu() {
    return Double.isNaN(gateway.cpuPerGib())
        ? " |"
        : " %.2f / %.2f s (×%.2f) |"
            .formatted(
                gateway.cpuPerGib(), other.cpuPerGib(), gateway.cpuPerGib() / other.cpuPerGib());
  }
}
