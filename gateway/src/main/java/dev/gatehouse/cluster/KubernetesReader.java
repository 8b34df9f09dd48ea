package dev.gatehouse.cluster;

import dev.gatehouse.cluster.KubernetesSettings.Homes;
import dev.gatehouse.cluster.KubernetesSettings.Reach;
import dev.gatehouse.cluster.KubernetesSettings.Snapshots;
import java.util.Optional;

/**
 * The section {@code kubernetes}.
 *
 * @param images which have read {@code toolboxImage} too
 */
record KubernetesReader(Section section, ImageSettings images, References references) {
  private static final int USUALLY_KEPT = 14;

  /** More of one volume than EBS and other storage handle well. */
  private static final int MOST_KEPT = 1000;

  KubernetesSettings read() {
    var usual = KubernetesSettings.DEFAULT;
    var settings =
        new KubernetesSettings(
            section.get("namespace", Quantities::label, usual.namespace()),
            section.get("gatewayNamespace", Quantities::label),
            images.toolbox(),
            images.pullSecrets(),
            homes(section.section("homes"), usual.homes()),
            section.get("reach", Values.choice(Reach.values()), usual.reach()),
            new FoundationReader(section, references).read());
    section.refuseUnknownKeys();
    return settings;
  }

  private static Homes homes(Section section, Homes usual) {
    var homes =
        new Homes(
            section.get("size", Quantities::bytes, usual.size()),
            section.get("storageClass", Quantities::name),
            section.get("shared", Values::flag, usual.shared()),
            section.get("snapshotClass", Quantities::name),
            section.has("snapshots") ? snapshots(section.section("snapshots")) : Optional.empty());
    section.refuseUnknownKeys();
    return homes;
  }

  /** A section without a schedule is a mistake, and one that holds nothing is none. */
  private static Optional<Snapshots> snapshots(Section section) {
    var schedule = section.get("schedule", node -> new CronSchedule(node.getValue()));
    var keep = section.get("keep", Amounts.integer(1, MOST_KEPT), USUALLY_KEPT);
    var copyTo = section.get("copyTo", StorageReader::region);
    section.refuseUnknownKeys();
    if (!section.keys().isEmpty()) {
      section.require("schedule", "say when, such as '17 3 * * *'");
    }
    return schedule.map(when -> new Snapshots(when, keep, copyTo));
  }
}
