package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.cluster.Hardware;
import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.cluster.Pool;
import dev.gatehouse.directory.Person;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.nodes.Node;
import dev.gatehouse.nodes.NodeReport;
import dev.gatehouse.nodes.PoolReport;
import dev.gatehouse.workspace.WorkspaceSpec;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Tells what may be expected of the pool of a machine type, by what the operator has published. */
record PoolRoom(NodeRoom room) {
  private static final int NAMED = 3;

  /** Empty where the type has no pool, or nobody has told of it lately. May block a moment. */
  Optional<PoolOutlook> outlook(WorkspaceSpec spec) {
    var report = room.nodes().pools().filter(r -> r.isFresh(room.clock().instant()));
    return report
        .flatMap(r -> pool(spec.type().hardware()).flatMap(r::of))
        .map(
            pool ->
                new PoolOutlook(
                    pool, pool.isFull() ? others(spec, report.orElseThrow()) : List.of()));
  }

  /** The type's own, or the only one that can hold it. */
  private Optional<PoolName> pool(Hardware wanted) {
    return wanted
        .pool()
        .or(
            () -> {
              var able =
                  room.definition().get().pools().values().stream()
                      .filter(pool -> pool.canHold(wanted))
                      .map(Pool::name)
                      .toList();
              return able.size() == 1 ? Optional.of(able.getFirst()) : Optional.empty();
            });
  }

  private List<MachineTypeName> others(WorkspaceSpec spec, PoolReport report) {
    var needsGpus = spec.type().hardware().gpus() > 0;
    return room.definition().get().machineTypes().values().stream()
        .filter(type -> !type.name().equals(spec.type().name()))
        .filter(type -> isFor(type, spec.owner()))
        .filter(type -> !needsGpus || type.hardware().gpus() > 0)
        .filter(type -> hasRoom(type.hardware(), report))
        .map(MachineType::name)
        .limit(NAMED)
        .toList();
  }

  private static boolean isFor(MachineType type, Person person) {
    return type.groups().isEmpty() || !Collections.disjoint(type.groups(), person.groups());
  }

  private boolean hasRoom(Hardware wanted, PoolReport report) {
    var isGrowing =
        pool(wanted).flatMap(report::of).filter(p -> p.makes() && !p.isFull()).isPresent();
    return isGrowing
        || room
            .nodes()
            .latest()
            .filter(nodes -> nodes.isFresh(room.clock().instant()))
            .map(NodeReport::nodes)
            .orElse(List.of())
            .stream()
            .anyMatch(node -> hasRoom(node, wanted));
  }

  private static boolean hasRoom(Node node, Hardware wanted) {
    var isOfPool =
        wanted.pool().filter(name -> !name.value().equals(node.facts().pool())).isEmpty();
    return isOfPool && node.ready() && !node.cordoned() && NodeRoom.holds(node.room(), wanted);
  }
}
