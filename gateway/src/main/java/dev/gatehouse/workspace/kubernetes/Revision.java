package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.cluster.Hardware;
import dev.gatehouse.cluster.MachineType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Tells one definition of a machine type from another, as far as it makes the pod: what a result
 * was made with.
 *
 * <p>Each field stands by its name, and one that says nothing is left out. A version of Gatehouse
 * whose machine types can say more thus gives the types that do not say it the revision that they
 * had. Who may use a type, its description, its pool (whose labels and taints are in the node
 * selector and the tolerations), what a tunnel starts in it and when it is stopped are no part.
 */
final class Revision {
  private static final int CHARACTERS = 12;

  private Revision() {}

  /** The collections of a type are sorted, so equal types have equal text. */
  static String of(MachineType type) {
    return DigestUtils.sha256Hex(fields(type).toString()).substring(0, CHARACTERS);
  }

  private static Map<String, Object> fields(MachineType type) {
    var hardware = type.hardware();
    var fields = new TreeMap<String, Object>();
    fields.put("name", type.name().value());
    fields.put("image", hardware.image());
    fields.put("cpu", hardware.cpu().text());
    hardware.cpuLimit().ifPresent(limit -> fields.put("cpuLimit", limit.text()));
    fields.put("memory", hardware.memory().text());
    if (hardware.gpus() > 0) {
      fields.put("gpus", List.of(hardware.gpus(), hardware.gpuResource()));
    }
    hardware.priorityClass().ifPresent(name -> fields.put("priorityClass", name));
    if (hardware.toolbox() == Hardware.Toolbox.INCLUDED) {
      fields.put("toolbox", "included");
    }
    if (hardware.root()) {
      fields.put("root", true);
    }
    fields.put("environment", type.environment());
    fields.put("nodeSelector", hardware.nodeSelector());
    fields.put(
        "tolerations",
        hardware.tolerations().stream().map(t -> List.of(t.key(), t.value())).toList());
    fields.put("volumes", hardware.volumes().stream().map(Revision::volume).toList());
    fields.values().removeIf(value -> value.equals(List.of()) || value.equals(Map.of()));
    return fields;
  }

  private static List<Object> volume(Hardware.Volume volume) {
    var fields = new ArrayList<Object>(List.of(volume.name(), volume.path()));
    volume.claim().ifPresent(claim -> fields.add("claim " + claim));
    volume.scratch().ifPresent(size -> fields.add("scratch " + size.text()));
    if (volume.readOnly()) {
      fields.add("readOnly");
    }
    return fields;
  }
}
