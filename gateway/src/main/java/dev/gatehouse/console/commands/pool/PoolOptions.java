package dev.gatehouse.console.commands.pool;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.edit.Edit;
import dev.gatehouse.cluster.edit.NewValue;
import dev.gatehouse.cluster.edit.ValuePath;
import dev.gatehouse.console.changes.FlowList;
import dev.gatehouse.failure.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What of a pool has an option. */
final class PoolOptions {
  /** As kubectl writes taints: the key, and what of the rest is said. */
  private static final Pattern TAINT = Pattern.compile("([^=:]+)(?:=([^:]*))?(?::([A-Za-z]+))?");

  @Option(names = "--min", paramLabel = "N", description = "How many nodes it has at least.")
  private Optional<String> min = Optional.empty();

  @Option(names = "--max", paramLabel = "N", description = "How many nodes it may have.")
  private Optional<String> max = Optional.empty();

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many nodes it shall have, where no autoscaler decides.")
  private Optional<String> nodes = Optional.empty();

  @Option(
      names = "--instance-types",
      paramLabel = "TYPES",
      description = "The cloud's instance types, the best first, with commas between.")
  private Optional<String> instanceTypes = Optional.empty();

  @Option(names = "--spot", description = "Cheaper instances, which the cloud may take away.")
  private boolean isSpot;

  @Option(names = "--on-demand", description = "Instances that stay; what a new pool has.")
  private boolean isOnDemand;

  @Option(
      names = "--zones",
      paramLabel = "ZONES",
      description = "Availability zones, with commas between; all if not given.")
  private Optional<String> zones = Optional.empty();

  @Option(names = "--disk", paramLabel = "SIZE", description = "Of one node, such as 200Gi.")
  private Optional<String> disk = Optional.empty();

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "What nodes boot: AL2023_x86_64_NVIDIA and the like, or the id of an image.")
  private Optional<String> image = Optional.empty();

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "A label of its nodes, in place of those that it has; may be repeated.")
  private List<String> labels = List.of();

  @Option(
      names = "--taint",
      paramLabel = "KEY[=VALUE][:EFFECT]",
      description =
          "A taint of its nodes, in place of those that they have; may be repeated. NoSchedule,"
              + " unless it says PreferNoSchedule or NoExecute.")
  private List<String> taints = List.of();

  @Option(names = "--gpus", paramLabel = "COUNT", description = "The GPUs of one node.")
  private Optional<String> gpus = Optional.empty();

  @Option(names = "--cpu", paramLabel = "CPU", description = "The cores of one node.")
  private Optional<String> cpu = Optional.empty();

  @Option(names = "--memory", paramLabel = "SIZE", description = "Of one node, such as 64Gi.")
  private Optional<String> memory = Optional.empty();

  /** Returns the edits that give a pool what was given. */
  List<Edit> edits(ValuePath pool) {
    return given().entrySet().stream()
        .<Edit>map(e -> new Edit.Put(pool.key(e.getKey()), e.getValue().value()))
        .toList();
  }

  /** Returns what was given as a command line has it, for the log. */
  String words() {
    return given().values().stream().map(g -> " " + g.words()).collect(joining());
  }

  /**
   * @param words of the command line
   */
  private record Given(NewValue value, String words) {}

  private Map<String, Given> given() {
    if (isSpot && isOnDemand) {
      throw UserError.usage("--spot and --on-demand exclude each other");
    }
    var given = new LinkedHashMap<String, Given>();
    put(given, "min", "--min", min, NewValue.Word::new);
    put(given, "max", "--max", max, NewValue.Word::new);
    put(given, "nodes", "--nodes", nodes, NewValue.Word::new);
    put(given, "instanceTypes", "--instance-types", instanceTypes, PoolOptions::list);
    if (isSpot || isOnDemand) {
      given.put(
          "spot",
          new Given(new NewValue.Word(String.valueOf(isSpot)), isSpot ? "--spot" : "--on-demand"));
    }
    put(given, "zones", "--zones", zones, PoolOptions::list);
    put(given, "disk", "--disk", disk, NewValue.Word::new);
    put(given, "image", "--image", image, NewValue.Text::new);
    put(given, "cpu", "--cpu", cpu, NewValue.Word::new);
    put(given, "memory", "--memory", memory, NewValue.Word::new);
    put(given, "gpus", "--gpus", gpus, NewValue.Word::new);
    if (!labels.isEmpty()) {
      given.put("labels", new Given(labels(), words("--label", labels)));
    }
    if (!taints.isEmpty()) {
      given.put("taints", new Given(taints(), words("--taint", taints)));
    }
    return given;
  }

  private static void put(
      Map<String, Given> given,
      String key,
      String option,
      Optional<String> value,
      Function<String, NewValue> made) {
    value.ifPresent(v -> given.put(key, new Given(made.apply(v), option + " " + v)));
  }

  private static String words(String option, List<String> values) {
    return values.stream().map(v -> option + " " + v).collect(joining(" "));
  }

  private static NewValue list(String words) {
    return FlowList.of(List.of(words.strip().split("[, ]+")));
  }

  private NewValue labels() {
    return new NewValue.Yaml(
        labels.stream()
            .map(
                label -> {
                  var equals = label.indexOf('=');
                  if (equals < 1) {
                    throw UserError.usage("--label takes KEY=VALUE, such as example.com/disk=nvme");
                  }
                  return quoted(label.substring(0, equals))
                      + ": "
                      + quoted(label.substring(equals + 1));
                })
            .collect(joining(", ", "{", "}")));
  }

  private NewValue taints() {
    return new NewValue.Yaml(
        taints.stream().map(PoolOptions::taint).collect(joining(", ", "[", "]")));
  }

  private static String taint(String word) {
    var taint = TAINT.matcher(word);
    if (!taint.matches()) {
      throw UserError.usage("--taint takes KEY[=VALUE][:EFFECT], such as nvidia.com/gpu=present");
    }
    var parts = new ArrayList<String>();
    parts.add("key: " + quoted(taint.group(1)));
    if (taint.group(2) != null && !taint.group(2).isEmpty()) {
      parts.add("value: " + quoted(taint.group(2)));
    }
    if (taint.group(3) != null) {
      parts.add("effect: " + quoted(taint.group(3)));
    }
    return "{" + String.join(", ", parts) + "}";
  }

  private static String quoted(String word) {
    return FlowList.word(word);
  }
}
