package dev.gatehouse.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** What one contender reached in one row. */
record Series(Row row, List<Row.Sample> samples) {
  double median() {
    return median(Row.Sample::value);
  }

  double cpuPerGib() {
    return median(Row.Sample::cpuPerGib);
  }

  double best() {
    var values = samples.stream().mapToDouble(Row.Sample::value);
    return (row.more() ? values.max() : values.min()).orElse(Double.NaN);
  }

  /** Half of the way from the lowest to the highest, as a part of the median. */
  double spread() {
    var values = samples.stream().mapToDouble(Row.Sample::value).summaryStatistics();
    return (values.getMax() - values.getMin()) / 2 / median();
  }

  private double median(ToDoubleFunction<Row.Sample> value) {
    var sorted = samples.stream().mapToDouble(value).sorted().toArray();
    var middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
