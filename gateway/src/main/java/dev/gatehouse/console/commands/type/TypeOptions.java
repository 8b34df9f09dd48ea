package dev.gatehouse.console.commands.type;

import dev.gatehouse.cluster.edit.Edit;
import dev.gatehouse.cluster.edit.NewValue;
import dev.gatehouse.cluster.edit.ValuePath;
import dev.gatehouse.console.changes.FlowList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What of a machine type has an option; the definition has more keys. */
final class TypeOptions {
  @Option(
      names = "--like",
      paramLabel = "TYPE",
      description = "Takes what is not said from this machine type.")
  private Optional<String> like = Optional.empty();

  @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
  private Optional<String> description = Optional.empty();

  @Option(names = "--image", paramLabel = "IMAGE", description = "Such as debian:12.")
  private Optional<String> image = Optional.empty();

  @Option(names = "--cpu", paramLabel = "CPU", description = "Such as 4 or 500m.")
  private Optional<String> cpu = Optional.empty();

  @Option(names = "--memory", paramLabel = "SIZE", description = "Such as 16Gi.")
  private Optional<String> memory = Optional.empty();

  @Option(names = "--gpus", paramLabel = "COUNT", description = "How many GPUs.")
  private Optional<String> gpus = Optional.empty();

  @Option(
      names = "--groups",
      paramLabel = "GROUPS",
      description = "Who may use it, with commas between; everybody if not given.")
  private Optional<String> groups = Optional.empty();

  @Option(names = "--pool", paramLabel = "POOL", description = "The node pool that it runs in.")
  private Optional<String> pool = Optional.empty();

  /** Returns the edits that give a machine type what was given. */
  List<Edit> edits(ValuePath type) {
    return given().entrySet().stream()
        .<Edit>map(e -> new Edit.Put(type.key(e.getKey()), e.getValue()))
        .toList();
  }

  private Map<String, NewValue> given() {
    var given = new LinkedHashMap<String, NewValue>();
    like.ifPresent(l -> given.put("like", new NewValue.Text(l)));
    description.ifPresent(d -> given.put("description", new NewValue.Text(d)));
    image.ifPresent(i -> given.put("image", new NewValue.Text(i)));
    cpu.ifPresent(c -> given.put("cpu", new NewValue.Word(c)));
    memory.ifPresent(m -> given.put("memory", new NewValue.Word(m)));
    gpus.ifPresent(g -> given.put("gpus", new NewValue.Word(g)));
    groups.ifPresent(g -> given.put("groups", FlowList.of(List.of(g.strip().split("[, ]+")))));
    pool.ifPresent(p -> given.put("pool", new NewValue.Text(p)));
    return given;
  }

  /** Returns what was given as a command line has it, for the log. */
  String words() {
    return Stream.of(
            word("like", like),
            word("description", description),
            word("image", image),
            word("cpu", cpu),
            word("memory", memory),
            word("gpus", gpus),
            word("groups", groups),
            word("pool", pool))
        .collect(Collectors.joining());
  }

  private static String word(String option, Optional<String> value) {
    return value.map(v -> " --%s %s".formatted(option, v)).orElse("");
  }
}
