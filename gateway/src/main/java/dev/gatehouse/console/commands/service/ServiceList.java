package dev.gatehouse.console.commands.service;

import dev.gatehouse.cluster.WorkspaceService;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.name.ServiceName;
import dev.gatehouse.service.ServiceState;
import dev.gatehouse.service.ServiceState.Phase;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;

final class ServiceList implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "service list",
              Access.ANYBODY,
              "List the services of a workspace and how they are",
              "service list",
              "service list -w gpu",
              "service list --user bob")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR);

  @Mixin private final WorkspaceOption workspaceOption = new WorkspaceOption();
  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  /** One that is defined, or that still runs, or both. */
  private record Row(
      ServiceName name, Optional<WorkspaceService> service, Optional<ServiceState> state) {}

  @Override
  public void run(Call call) throws InterruptedException {
    var served = Served.of(ownerOption.of(call), workspaceOption);
    var rows = new TreeMap<ServiceName, Row>();
    served
        .defined()
        .forEach(
            (name, service) ->
                rows.put(name, new Row(name, Optional.of(service), Optional.empty())));
    served
        .running()
        .ifPresent(
            endpoint ->
                served.services().states(endpoint).stream()
                    .filter(s -> s.isUp() || rows.containsKey(s.name()))
                    .forEach(
                        s ->
                            rows.merge(
                                s.name(),
                                new Row(s.name(), Optional.empty(), Optional.of(s)),
                                (defined, known) ->
                                    new Row(s.name(), defined.service, known.state))));
    call.show(
        Table.of(rows.values())
            .column("service", Table.Fit.WHOLE, r -> Value.of(r.name))
            .column("state", r -> state(r.state))
            .column("since", r -> Value.ofMoment(r.state.map(ServiceState::since)))
            .column("restarts", Table.Fit.SPARE, r -> restarts(r.state))
            .column("listens on", r -> optional(r.service.map(WorkspaceService::listens)))
            .column(
                "description",
                Table.Fit.WRAP,
                r ->
                    optional(
                        r.service.map(WorkspaceService::description).filter(d -> !d.isEmpty())))
            .whenEmpty(
                "The machine type of workspace %s has no services.".formatted(served.called())));
  }

  private static Value state(Optional<ServiceState> state) {
    var phase = state.map(ServiceState::phase).orElse(Phase.STOPPED);
    var style =
        switch (phase) {
          case STARTING -> Line.Style.BUSY;
          case RUNNING -> Line.Style.GOOD;
          case STOPPED -> Line.Style.DIM;
          case FAILED, LOST -> Line.Style.BAD;
        };
    return new Value.State(phase.name().toLowerCase(Locale.ROOT), style);
  }

  private static Value restarts(Optional<ServiceState> state) {
    return state.<Value>map(s -> new Value.Count(s.restarts())).orElseGet(Value.None::new);
  }

  private static Value optional(Optional<?> what) {
    return what.map(Value::of).orElseGet(Value.None::new);
  }
}
