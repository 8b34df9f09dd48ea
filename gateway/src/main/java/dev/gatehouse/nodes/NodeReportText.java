package dev.gatehouse.nodes;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A report as text, between the operator that writes it and the gateways that read it. */
public final class NodeReportText {
  /** The ConfigMap, and its key. */
  public static final String CONFIG_MAP = "gatehouse-status";

  public static final String KEY = "nodes.json";

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private NodeReportText() {}

  public static String of(NodeReport report) {
    return MAPPER.writeValueAsString(report);
  }

  /** Empty if it is none: another version may have written it. */
  public static Optional<NodeReport> read(String text) {
    try {
      return Optional.of(MAPPER.readValue(text, NodeReport.class));
    } catch (JacksonException | NullPointerException e) {
      return Optional.empty();
    }
  }
}
