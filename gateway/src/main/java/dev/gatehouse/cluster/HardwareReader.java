package dev.gatehouse.cluster;

import dev.gatehouse.cluster.Hardware.Toleration;
import dev.gatehouse.cluster.Hardware.Volume;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The keys of a machine type that say what it runs on. */
record HardwareReader(Section section) {
  private static final int MAX_GPUS = 64;

  Hardware read() {
    var usual = Hardware.DEFAULT;
    return new Hardware(
        section.get("image", Quantities::image, usual.image()),
        section.get("cpu", Quantities::cpu, usual.cpu()),
        section.get("cpuLimit", Quantities::cpu),
        section.get("memory", Quantities::bytes, usual.memory()),
        section.get("gpus", Amounts.integer(0, MAX_GPUS), usual.gpus()),
        section.get("gpuResource", Quantities::labelKey, usual.gpuResource()),
        nodeSelector(section.section("nodeSelector")),
        section.sections("tolerations").stream().map(HardwareReader::toleration).toList(),
        section.get("priorityClass", Quantities::name),
        volumes(),
        section.get("root", Values::flag, usual.root()));
  }

  private static NavigableMap<String, String> nodeSelector(Section section) {
    var labels = new TreeMap<String, String>();
    for (var key : section.keys()) {
      section
          .key(key, HardwareReader::labelKey)
          .flatMap(k -> section.get(k, Quantities::labelValue))
          .ifPresent(value -> labels.put(key, value));
    }
    return Collections.unmodifiableNavigableMap(labels);
  }

  private static String labelKey(String key) {
    if (!Quantities.isLabelKey(key)) {
      throw UserError.usage("%s cannot be the key of a Kubernetes label".formatted(Quote.of(key)));
    }
    return key;
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
