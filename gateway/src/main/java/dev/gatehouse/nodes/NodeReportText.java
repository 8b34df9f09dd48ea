package dev.gatehouse.nodes;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;

/**
 * A report as text, between the operator that writes it and the gateways that read it: JSON in gzip
 * in base64, as the {@code binaryData} of a ConfigMap is. The reports of many nodes are alike, so
 * 500 of them take a tenth of the megabyte that a ConfigMap may have.
 */
public final class NodeReportText {
  /** The ConfigMap, and its key. */
  public static final String CONFIG_MAP = "gatehouse-status";

  public static final String KEY = "nodes.json.gz";

  private NodeReportText() {}

  public static String of(NodeReport report) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(NodeJson.write(report));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  /** Empty if it is none: another version may have written it. */
  public static Optional<NodeReport> read(String text) {
    try (var gzip =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
      return Optional.of(NodeJson.read(gzip.readAllBytes(), NodeReport.class));
    } catch (IOException | IllegalArgumentException | JacksonException | NullPointerException e) {
      return Optional.empty();
    }
  }
}
