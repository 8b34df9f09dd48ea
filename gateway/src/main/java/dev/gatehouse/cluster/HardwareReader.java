package dev.gatehouse.cluster;

import dev.gatehouse.cluster.Hardware.Toleration;
import dev.gatehouse.cluster.Hardware.Toolbox;
import dev.gatehouse.cluster.Hardware.Volume;
import java.util.List;
import java.util.NavigableMap;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The keys of a machine type that say what it runs on. */
record HardwareReader(Section section, PlacementReader placement, Problems problems) {
  private static final int MAX_GPUS = 64;

  Hardware read() {
    var usual = Hardware.DEFAULT;
    var before = problems.count();
    var pool = placement.pool();
    var hardware =
        new Hardware(
            section.get("image", Quantities::image, usual.image()),
            section.get("cpu", Quantities::cpu, usual.cpu()),
            section.get("cpuLimit", Quantities::cpu),
            section.get("memory", Quantities::bytes, usual.memory()),
            section.get("gpus", Amounts.integer(0, MAX_GPUS), usual.gpus()),
            section.get(
                "gpuResource",
                Quantities::labelKey,
                pool.map(Pool::gpuResource).orElse(usual.gpuResource())),
            pool.map(Pool::name),
            nodeSelector(section.section("nodeSelector")),
            section.sections("tolerations").stream().map(HardwareReader::toleration).toList(),
            section.get("priorityClass", Quantities::name),
            volumes(),
            section.get("toolbox", Values.choice(Toolbox.values()), usual.toolbox()),
            section.get("root", Values::flag, usual.root()));
    return placement.place(hardware, problems.count() == before);
  }

  private static NavigableMap<String, String> nodeSelector(Section section) {
    section.refuse(Pool.LABEL, "is the label of a pool's nodes; write pool: NAME in its place");
    return Labels.read(section);
  }

  private static Toleration toleration(Section section) {
    section.require("key", "name the key of the nodes' taint");
    var toleration =
        new Toleration(
            section.get("key", Quantities::labelKey, ""),
            section.get("value", HardwareReader::taintValue, Toleration.ANY));
    section.refuseUnknownKeys();
    return toleration;
  }

  private static String taintValue(ScalarNode node) {
    return node.getValue().equals(Toleration.ANY) ? Toleration.ANY : Quantities.labelValue(node);
  }

  private List<Volume> volumes() {
    return section.sections("volumes").stream().map(HardwareReader::volume).toList();
  }

  private static Volume volume(Section section) {
    section.require("name", "give it one");
    section.require("path", "say where it is mounted");
    var volume =
        new Volume(
            section.get("name", Quantities::label, ""),
            section.get("claim", Quantities::name),
            section.get("scratch", Quantities::bytes),
            section.get("path", Quantities.folder(), ""),
            section.get("readOnly", Values::flag, false));
    if (volume.claim().isPresent() == volume.scratch().isPresent()) {
      section.refuse("name", "must have either a claim or scratch, a size");
    }
    section.refuseUnknownKeys();
    return volume;
  }
}
