package dev.gatehouse.nodes;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A report as text, between the operator that writes it and the gateways that read it. */
public final class PoolReportText {
  /** The key in the ConfigMap of the operator's status. */
  public static final String KEY = "pools.json";

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private PoolReportText() {}

  public static String of(PoolReport report) {
    return MAPPER.writeValueAsString(report);
  }

  /** Empty if it is none: another version may have written it. */
  public static Optional<PoolReport> read(String text) {
    try {
      return Optional.of(MAPPER.readValue(text, PoolReport.class));
    } catch (JacksonException | NullPointerException e) {
      return Optional.empty();
    }
  }
}
