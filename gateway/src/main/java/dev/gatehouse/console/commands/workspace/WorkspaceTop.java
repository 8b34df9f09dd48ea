package dev.gatehouse.console.commands.workspace;

import dev.gatehouse.cluster.Hardware;
import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.Usages;
import dev.gatehouse.console.WorkspaceView;
import dev.gatehouse.console.view.Quantity;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.workspace.Usage;
import dev.gatehouse.workspace.WorkspaceInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

final class WorkspaceTop implements Command {
  private static final String ALL = "--all";

  static final CommandInfo ABOUT =
      new CommandInfo(
              "workspace top",
              Access.ANYBODY,
              "Show what your running workspaces use, the busiest first",
              "workspace top",
              "workspace top --user bob",
              "workspace top --all")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR)
          .with(ALL, Access.ADMINISTRATOR);

  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  @Option(names = ALL, description = "Everybody's (administrators).")
  private boolean all;

  private record Row(WorkspaceView workspace, Optional<Usage> usage) {
    long millicores() {
      return usage.map(Usage::millicores).orElse(-1L);
    }

    Value used(Function<Usage, Value> what) {
      return usage.map(what).orElseGet(Value.None::new);
    }

    Value requested(Function<Hardware, Value> what) {
      return workspace
          .machineType()
          .map(MachineType::hardware)
          .map(what)
          .orElseGet(Value.None::new);
    }
  }

  @Override
  public void run(Call call) throws InterruptedException {
    if (all && ownerOption.isGiven()) {
      throw UserError.usage("say --user or --all, not both");
    }
    var infos = all ? call.services().workspaces().all() : ownerOption.of(call).all();
    var running = infos.stream().filter(w -> w.state() == WorkspaceInfo.State.RUNNING).toList();
    call.show(table(rows(running, call)));
  }

  private static List<Row> rows(List<WorkspaceInfo> running, Call call)
      throws InterruptedException {
    var services = call.services();
    var usages = Usages.of(running.stream().map(WorkspaceInfo::id).toList(), services.workspaces());
    return running.stream()
        .map(w -> new Row(WorkspaceView.of(w, services), Optional.ofNullable(usages.get(w.id()))))
        .sorted(Comparator.comparingLong(Row::millicores).reversed())
        .toList();
  }

  private Table table(List<Row> rows) {
    var table = Table.of(rows);
    if (all) {
      table.column("owner", r -> Value.of(r.workspace.id().owner()));
    }
    return table
        .column("name", r -> Value.of(r.workspace.id().name()))
        .column("cpu", r -> r.used(u -> new Value.Cores(u.millicores())))
        .column(
            "cpu requested", Table.Fit.SPARE, r -> r.requested(h -> Quantity.cores(h.cpu().text())))
        .column("memory", r -> r.used(u -> new Value.Bytes(u.memoryBytes())))
        .column(
            "memory requested",
            Table.Fit.SPARE,
            r -> r.requested(h -> Quantity.bytes(h.memory().text())))
        .whenEmpty("No workspace runs.");
  }
}
