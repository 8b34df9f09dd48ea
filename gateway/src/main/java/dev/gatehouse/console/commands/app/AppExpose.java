package dev.gatehouse.console.commands.app;

import dev.gatehouse.cluster.edit.Edit;
import dev.gatehouse.cluster.edit.NewValue;
import dev.gatehouse.cluster.edit.ValuePath;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.changes.ChangeOptions;
import dev.gatehouse.console.changes.DefinitionChange;
import dev.gatehouse.console.changes.FlowList;
import dev.gatehouse.name.AppName;
import dev.gatehouse.name.GroupName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    new DefinitionChange(call, options, "app expose %s%s".formatted(name, words())).run(edits());
  }

  private List<Edit> edits() {
    var path = path(name);
    var edits = new ArrayList<Edit>();
    description.ifPresent(
        d -> edits.add(new Edit.Put(path.key("description"), new NewValue.Text(d))));
    host.ifPresent(h -> edits.add(new Edit.Put(path.key("host"), new NewValue.Text(h))));
    edits.add(new Edit.Put(path.key("ports"), FlowList.of(ports)));
    if (!groups.isEmpty()) {
      edits.add(new Edit.Put(path.key("groups"), FlowList.of(groups)));
    }
    return edits;
  }

  private String words() {
    var words = new StringBuilder();
    ports.forEach(p -> words.append(" --port ").append(p));
    host.ifPresent(h -> words.append(" --host ").append(h));
    groups.forEach(g -> words.append(" --group ").append(g));
    return words.toString();
  }

  static ValuePath path(AppName name) {
    return ValuePath.of("apps", name.value());
  }
}
