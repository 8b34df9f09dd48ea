package dev.gatehouse.cost;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A month's usage as packed JSON, between the operator that writes it and the gateways that read
 * it: a row is a list of numbers, and names are numbered, since a ConfigMap holds no more than 1
 * MiB. {@code kubectl get configmap gatehouse-usage-11 -o jsonpath='{.binaryData.usage\.json\.gz}'
 * | base64 -d | gunzip} shows it.
 */
public final class UsageText {
  /** The ConfigMap of a month is called so, and its number: {@code gatehouse-usage-11}. */
  public static final String CONFIG_MAP = "gatehouse-usage-";

  /** The key in it. */
  public static final String KEY = "usage.json.gz";

  /** A ConfigMap holds at most 1 MiB, and this packs tenfold or so; more is an attack. */
  private static final int MOST = 64 << 20;

  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * @param names which rows name by their places
   * @param kinds of nodes: pool and instance type by their names' places, and 1 for spot
   * @param workspaces day of the month, person, machine type, kind, seconds, idle seconds, node
   *     thousandths
   * @param nodes day of the month, kind, seconds
   */
  private record Text(
      String month,
      List<String> names,
      List<int[]> kinds,
      List<long[]> workspaces,
      List<long[]> nodes) {}

  private UsageText() {}

  public static String configMap(YearMonth month) {
    return "%s%02d".formatted(CONFIG_MAP, month.getMonthValue());
  }

  public static byte[] of(MonthUsage month) {
    var names = new Numbers<String>();
    var kinds = new Numbers<NodeKind>();
    var workspaces =
        month.usage().workspaces().stream()
            .map(
                w ->
                    new long[] {
                      w.day().getDayOfMonth(),
                      names.of(w.person()),
                      names.of(w.machineType()),
                      kinds.of(w.node()),
                      w.seconds(),
                      w.idleSeconds(),
                      w.nodeMillis()
                    })
            .toList();
    var nodes =
        month.usage().nodes().stream()
            .map(n -> new long[] {n.day().getDayOfMonth(), kinds.of(n.node()), n.seconds()})
            .toList();
    var numberedKinds =
        kinds.all().stream()
            .map(k -> new int[] {names.of(k.pool()), names.of(k.instanceType()), k.spot() ? 1 : 0})
            .toList();
    return packed(
        JSON.writeValueAsBytes(
            new Text(month.month().toString(), names.all(), numberedKinds, workspaces, nodes)));
  }

  /** Empty if it is none: another version, or a person, may have written it. */
  public static Optional<MonthUsage> read(byte[] packed) {
    try {
      return Optional.of(month(JSON.readValue(unpacked(packed), Text.class)));
    } catch (IOException
        | JacksonException
        | DateTimeException
        | IndexOutOfBoundsException
        | NullPointerException e) {
      return Optional.empty();
    }
  }

  private static MonthUsage month(Text text) {
    var month = YearMonth.parse(text.month());
    var kinds = new ArrayList<NodeKind>();
    for (var kind : text.kinds()) {
      kinds.add(new NodeKind(text.names().get(kind[0]), text.names().get(kind[1]), kind[2] == 1));
    }
    var workspaces =
        text.workspaces().stream()
            .map(
                row ->
                    new WorkspaceUse(
                        month.atDay((int) row[0]),
                        text.names().get((int) row[1]),
                        text.names().get((int) row[2]),
                        kinds.get((int) row[3]),
                        row[4],
                        row[5],
                        row[6]))
            .toList();
    var nodes =
        text.nodes().stream()
            .map(row -> new NodeUse(month.atDay((int) row[0]), kinds.get((int) row[1]), row[2]))
            .toList();
    return new MonthUsage(month, new Usage(workspaces, nodes));
  }

  /** Packs what is kept beside it too. */
  public static byte[] packed(byte[] bytes) {
    var packed = new ByteArrayOutputStream();
    try (var stream = new GZIPOutputStream(packed)) {
      stream.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return packed.toByteArray();
  }

  public static byte[] unpacked(byte[] packed) throws IOException {
    try (var stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      var bytes = stream.readNBytes(MOST + 1);
      if (bytes.length > MOST) {
        throw new IOException("more than " + MOST + " bytes");
      }
      return bytes;
    }
  }
}
