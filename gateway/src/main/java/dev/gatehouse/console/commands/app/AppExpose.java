package dev.gatehouse.console.commands.app;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.changes.ChangeOptions;
import dev.gatehouse.console.changes.DefinitionChange;
import dev.gatehouse.console.changes.DefinitionText;
import dev.gatehouse.name.AppName;
import dev.gatehouse.name.GroupName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class AppExpose implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "app expose",
          Access.ADMINISTRATOR,
          "Let people reach a service beside the workspaces, or change what they reach",
          "app expose grafana --port 3000 --host grafana.monitoring.svc --group ml",
          "app expose grafana --port 3000 --port 3001");

  @Parameters(paramLabel = "NAME", description = "The app: what people call it in a tunnel.")
  private AppName name;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      required = true,
      description = "A port that may be reached; may be repeated.")
  private List<Integer> ports = List.of();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Where the gateway reaches it; its name if not given.")
  private Optional<String> host = Optional.empty();

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "Who may reach it; may be repeated. Administrators if not given.")
  private List<GroupName> groups = List.of();

  @Option(names = "--description", paramLabel = "TEXT", description = "What it is.")
  private Optional<String> description = Optional.empty();

  @Mixin private final ChangeOptions options = new ChangeOptions();

  @Override
  public void run(Call call) throws InterruptedException {
    var words = given().entrySet().stream().map(e -> " --%s %s".formatted(e.getKey(), e.getValue()));
    new DefinitionChange(
            call, options, "app expose %s%s".formatted(name, words.collect(Collectors.joining())))
        .run(this::exposed);
  }

  private Map<String, Object> given() {
    var given = new LinkedHashMap<String, Object>();
    description.ifPresent(d -> given.put("description", d));
    host.ifPresent(h -> given.put("host", h));
    given.put("ports", ports);
    if (!groups.isEmpty()) {
      given.put("groups", groups.stream().map(GroupName::value).toList());
    }
    return given;
  }

  private String exposed(String text) {
    var path = path(name);
    if (!DefinitionText.of(text).has(path)) {
      return DefinitionText.of(text).with(path, given());
    }
    var edited = text;
    for (var entry : given().entrySet()) {
      edited = DefinitionText.of(edited).with(path + "." + entry.getKey(), entry.getValue());
    }
    return edited;
  }

  static String path(AppName name) {
    return "apps." + name;
  }
}
