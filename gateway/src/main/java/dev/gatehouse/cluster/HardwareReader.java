package dev.gatehouse.cluster;

import dev.gatehouse.cluster.Hardware.Toleration;
import dev.gatehouse.cluster.Hardware.Toolbox;
import dev.gatehouse.cluster.Hardware.Volume;
import dev.gatehouse.name.StorageName;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The keys of a machine type that say what it runs on.
 *
 * @param isOfAccount whether the platform makes a role of IAM for it
 */
record HardwareReader(
    Section section,
    PlacementReader placement,
    NavigableMap<StorageName, Storage> storage,
    References references,
    boolean isOfAccount) {
  private static final int MAX_GPUS = 64;

  /** In each of the partitions: aws, aws-cn, aws-us-gov. */
  private static final Pattern ROLE =
      Pattern.compile("arn:aws[a-z-]{0,12}:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,500}");

  private static final Pattern FOLDER =
      Pattern.compile("(?!\\.)[A-Za-z0-9._-]{1,100}(/(?!\\.)[A-Za-z0-9._-]{1,100}){0,7}");

  Hardware read() {
    var usual = Hardware.DEFAULT;
    var before = references.problems().count();
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
            section.get("root", Values::flag, usual.root()),
            awsIdentity());
    return placement.place(hardware, references.problems().count() == before);
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

  private Optional<AwsIdentity> awsIdentity() {
    var role = section.get("awsRole", HardwareReader::awsRole);
    return role.isPresent() || isOfAccount ? Optional.of(new AwsIdentity(role)) : Optional.empty();
  }

  private static String awsRole(ScalarNode node) {
    return Amounts.match(ROLE, node, "the ARN of a role, such as arn:aws:iam::123456789012:role/ml")
        .group();
  }

  private List<Volume> volumes() {
    return section.sections("volumes").stream().map(this::volume).toList();
  }

  private Volume volume(Section section) {
    section.require("name", "give it one");
    section.require("path", "say where it is mounted");
    var stored = section.get("storage", references::storage).map(storage::get);
    var readOnly = section.get("readOnly", Values::flag, false);
    var claim = section.get("claim", Quantities::name);
    var scratch = section.get("scratch", Quantities::bytes);
    var folder = section.get("folder", HardwareReader::folder);
    if (Stream.of("claim", "storage", "scratch").filter(section::has).count() != 1) {
      section.refuse("name", "must have one of claim, storage and scratch, a size");
    }
    if (section.has("scratch")) {
      section.refuse("folder", "is of no use in a volume that is always empty at the start");
    }
    var volume =
        new Volume(
            section.get("name", Quantities::label, ""),
            claim.or(() -> stored.map(Storage::claim)),
            scratch,
            section.get("path", Quantities.folder(), ""),
            readOnly || stored.filter(Storage::isReadOnly).isPresent(),
            folder,
            stored.flatMap(Storage::group));
    section.refuseUnknownKeys();
    return volume;
  }

  private static String folder(ScalarNode node) {
    return Amounts.match(FOLDER, node, "a path in the volume without '..', such as teams/astronomy")
        .group();
  }
}
