package dev.gatehouse.console;

import dev.gatehouse.cluster.Hardware;
import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Quantity;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.Outfit;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceSpec;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a workspace is shown, in every command the same.
 *
 * @param since empty if it was never started
 */
public record WorkspaceView(
    WorkspaceId id,
    MachineTypeName type,
    WorkspaceInfo.State state,
    Optional<Instant> since,
    Optional<Instant> lastUse,
    Optional<Instant> keptUntil,
    boolean held,
    Optional<Outfit> outfit,
    Services services) {

  public static WorkspaceView of(WorkspaceInfo info, Services services) {
    return new WorkspaceView(
        info.id(),
        info.type(),
        info.state(),
        Optional.of(info.since()),
        info.lastUse(),
        info.keepUntil().filter(services.clock().instant()::isBefore),
        info.held(),
        info.outfit(),
        services);
  }

  /** A workspace that was never started: to a person it is a stopped one. */
  static WorkspaceView ofNew(WorkspaceSpec spec, Services services) {
    return new WorkspaceView(
        spec.id(),
        spec.type().name(),
        WorkspaceInfo.State.STOPPED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        services);
  }

  static Table table(List<WorkspaceView> workspaces, String whenEmpty) {
    return columns(Table.of(workspaces)).whenEmpty(whenEmpty);
  }

  /** With a column for whose they are. */
  public static Table tableOfAll(List<WorkspaceView> workspaces) {
    return columns(Table.of(workspaces).column("owner", w -> Value.of(w.id.owner())))
        .whenEmpty("Nobody has a workspace.");
  }

  private static Table.Builder<WorkspaceView> columns(Table.Builder<WorkspaceView> table) {
    return table
        .column("name", w -> Value.of(w.id.name()))
        .column("state", WorkspaceView::stateValue)
        .column("since", w -> Value.ofMoment(w.since))
        .column("machine type", Table.Fit.SPARE, w -> Value.of(w.type))
        .column("last use", Table.Fit.SPARE, w -> Value.ofMoment(w.lastUse))
        .column("kept until", Table.Fit.SPARE, w -> Value.ofMoment(w.keptUntil));
  }

  public Result.Details details() {
    return Result.Details.of(
        Result.field("name", Value.of(id.name())),
        Result.field("owner", Value.of(id.owner())),
        Result.field("state", stateValue()),
        Result.field("since", Value.ofMoment(since)),
        Result.field("stopped by hand", new Value.Flag(held)),
        Result.field("last use", Value.ofMoment(lastUse)),
        Result.field("kept until", Value.ofMoment(keptUntil)),
        Result.field("idle limit", ofType(t -> t.idle().after().map(Value.Span::new))),
        Result.field("machine type", Value.of(type)),
        Result.field("image", ofOutfit(o -> Value.of(o.image()))),
        Result.field("cpu", cpu()),
        Result.field("memory", memory()),
        Result.field("gpus", gpus()),
        Result.field("connect", Value.of(connect())));
  }

  /** What it was promised, or will be. */
  public Value cpu() {
    return ofOutfit(o -> Quantity.cores(o.cpu()));
  }

  public Value memory() {
    return ofOutfit(o -> Quantity.bytes(o.memory()));
  }

  public Value gpus() {
    return ofOutfit(o -> new Value.Count(o.gpus()));
  }

  public boolean isStopped() {
    return state == WorkspaceInfo.State.STOPPED;
  }

  /** Empty if it is no longer defined. */
  public Optional<MachineType> machineType() {
    return services.definition().machineTypes().values().stream()
        .filter(t -> t.name().equals(type))
        .findFirst();
  }

  private Value ofType(Function<MachineType, Optional<? extends Value>> what) {
    return machineType().<Value>flatMap(what).orElseGet(Value.None::new);
  }

  /** What runs has what it was started with; what does not run gets what the definition says. */
  private Value ofOutfit(Function<Outfit, Value> what) {
    return outfit
        .or(() -> machineType().map(t -> outfitOf(t.hardware())))
        .map(what)
        .orElseGet(Value.None::new);
  }

  private static Outfit outfitOf(Hardware hardware) {
    return new Outfit(
        hardware.image(), hardware.cpu().text(), hardware.memory().text(), hardware.gpus());
  }

  public Value stateValue() {
    var style =
        switch (state) {
          case STOPPED -> Line.Style.DIM;
          case STARTING, STOPPING -> Line.Style.BUSY;
          case RUNNING -> Line.Style.GOOD;
        };
    return new Value.State(state.name().toLowerCase(Locale.ROOT), style);
  }

  /** The login name leads to the workspace: {@code alice}, or {@code alice+gpu}. */
  public String connect() {
    var workspace = id.name().equals(WorkspaceName.MAIN) ? "" : "+" + id.name();
    return "ssh %s%s@%s".formatted(id.owner(), workspace, services.host());
  }
}
