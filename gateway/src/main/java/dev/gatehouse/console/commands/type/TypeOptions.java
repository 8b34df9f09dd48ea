package dev.gatehouse.console.commands.type;

import dev.gatehouse.console.changes.DefinitionText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /**
   * Returns the keys that were given, with their values. An option with nothing in it stands for a
   * key that goes, so that its default counts again.
   */
  Map<String, Optional<Object>> given() {
    var given = new LinkedHashMap<String, Optional<Object>>();
    put(given, "like", like.map(l -> l));
    put(given, "description", description.map(d -> d));
    put(given, "image", image.map(i -> i));
    put(given, "cpu", cpu.map(DefinitionText::value));
    put(given, "memory", memory.map(DefinitionText::value));
    put(given, "gpus", gpus.map(DefinitionText::value));
    put(given, "groups", groups.map(TypeOptions::list));
    put(given, "pool", pool.map(p -> p));
    return given;
  }

  private static void put(
      Map<String, Optional<Object>> given, String key, Optional<Object> value) {
    value.ifPresent(v -> given.put(key, Optional.of(v).filter(o -> !o.equals(""))));
  }

  private static Object list(String words) {
    return words.isBlank() ? "" : List.of(words.strip().split("[, ]+"));
  }

  /** Returns them as a command line has them, for the log. */
  String words() {
    var words = new StringBuilder();
    given()
        .forEach(
            (key, value) ->
                words.append(" --%s %s".formatted(key, value.map(Object::toString).orElse("''"))));
    return words.toString();
  }
}
