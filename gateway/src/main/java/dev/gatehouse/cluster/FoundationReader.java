package dev.gatehouse.cluster;

import dev.gatehouse.cluster.FoundationSettings.Allowance;
import dev.gatehouse.cluster.FoundationSettings.BindingMode;
import dev.gatehouse.cluster.FoundationSettings.Network;
import dev.gatehouse.cluster.FoundationSettings.Quota;
import dev.gatehouse.cluster.FoundationSettings.ReclaimPolicy;
import dev.gatehouse.cluster.FoundationSettings.StorageClass;
import dev.gatehouse.net.Cidr;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The keys {@code quota}, {@code network} and {@code storageClasses} of the section {@code
 * kubernetes}.
 *
 * @param kubernetes the section
 */
record FoundationReader(Section kubernetes, References references) {
  private static final int MANY = 1_000_000;
  private static final int MAX_PARAMETER = 1000;

  FoundationSettings read() {
    var usual = FoundationSettings.DEFAULT;
    return new FoundationSettings(
        quota(kubernetes.section("quota"), usual.quota()),
        network(kubernetes.section("network"), usual.network()),
        storageClasses(kubernetes.section("storageClasses")));
  }

  private static Quota quota(Section section, Quota usual) {
    var quota =
        new Quota(
            section.get("pods", Amounts.integer(1, MANY), usual.pods()),
            section.get("cpu", Quantities::cpu, usual.cpu()),
            section.get("memory", Quantities::bytes, usual.memory()),
            section.get("gpus", Amounts.integer(0, MANY), usual.gpus()),
            section.get("gpuResource", Quantities::labelKey, usual.gpuResource()),
            section.get("claims", Amounts.integer(1, MANY), usual.claims()),
            section.get("storage", Quantities::bytes, usual.storage()));
    section.refuseUnknownKeys();
    return quota;
  }

  private Network network(Section section, Network usual) {
    var network =
        new Network(
            section.get("ipv6", Values::flag, usual.ipv6()),
            section.list("private", Values.name(Cidr::parse)).orElse(usual.privateNetworks()),
            section.sections("allow").stream().map(this::allowance).toList(),
            section.get("monitoringNamespace", Quantities::label, usual.monitoringNamespace()));
    section.refuseUnknownKeys();
    return network;
  }

  private Allowance allowance(Section section) {
    section.require("name", "give it one, such as database");
    section.require("cidr", "say which addresses, such as 10.20.30.40/32");
    section.require("ports", "list those that may be reached, such as [5432]");
    var ports = section.list("ports", Amounts.integer(1, 65535), "list those that may be reached");
    var types =
        section.list(
            "machineTypes",
            references::machineType,
            "name a machine type, or remove the key to let all of them reach it");
    var allowance =
        new Allowance(
            section.get("name", Quantities::label, ""),
            section
                .get("cidr", Values.name(Cidr::parse))
                .orElseGet(() -> new Cidr(InetAddress.getLoopbackAddress(), 8)),
            Collections.unmodifiableSortedSet(new TreeSet<>(ports)),
            Collections.unmodifiableSet(new TreeSet<>(types)));
    section.refuseUnknownKeys();
    return allowance;
  }

  private static NavigableMap<String, StorageClass> storageClasses(Section section) {
    var classes = new TreeMap<String, StorageClass>();
    for (var key : section.keys()) {
      var storageClass = section.section(key);
      section
          .key(key, Quantities::objectName)
          .ifPresent(name -> classes.put(name, storageClass(storageClass)));
    }
    return Collections.unmodifiableNavigableMap(classes);
  }

  private static StorageClass storageClass(Section section) {
    section.require("provisioner", "name the driver, such as ebs.csi.aws.com");
    var storageClass =
        new StorageClass(
            section.get("provisioner", Quantities::driver, ""),
            parameters(section.section("parameters")),
            section.get(
                "reclaimPolicy",
                Values.word(ReclaimPolicy.values(), ReclaimPolicy::word),
                ReclaimPolicy.DELETE),
            section.get(
                "volumeBindingMode",
                Values.word(BindingMode.values(), BindingMode::word),
                BindingMode.WAIT_FOR_FIRST_CONSUMER),
            section.get("allowVolumeExpansion", Values::flag, false),
            section.list("mountOptions", Values.line(200)).orElse(List.of()),
            section.get("snapshotDriver", Quantities::driver));
    section.refuseUnknownKeys();
    return storageClass;
  }

  private static NavigableMap<String, String> parameters(Section section) {
    var parameters = new TreeMap<String, String>();
    for (var key : section.keys()) {
      section
          .get(key, Values.lineAsWritten(MAX_PARAMETER))
          .ifPresent(value -> parameters.put(key, value));
    }
    return Collections.unmodifiableNavigableMap(parameters);
  }
}
