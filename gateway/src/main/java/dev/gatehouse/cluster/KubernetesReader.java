package dev.gatehouse.cluster;

import dev.gatehouse.cluster.KubernetesSettings.Homes;
import dev.gatehouse.cluster.KubernetesSettings.Reach;

/**
 * The section {@code kubernetes}.
 *
 * @param images which have read {@code toolboxImage} too
 */
record KubernetesReader(Section section, ImageSettings images, References references) {
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
            section.get("snapshotClass", Quantities::name));
    section.refuseUnknownKeys();
    return homes;
  }
}
