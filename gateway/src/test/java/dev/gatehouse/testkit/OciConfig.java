package dev.gatehouse.testkit;

import dev.gatehouse.testkit.ContainerSpec.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The {@code config.json} of an OCI bundle, with what containerd adds to it in a cluster. */
final class OciConfig {
  private static final Map<String, List<String>> NO_CAPABILITIES =
      Map.of(
          "bounding", List.of(),
          "effective", List.of(),
          "permitted", List.of(),
          "ambient", List.of());
  private static final List<Map<String, Object>> KERNEL_MOUNTS =
      List.of(
          mount("proc", "proc", "/proc", "nosuid", "noexec", "nodev"),
          mount("tmpfs", "tmpfs", "/dev", "nosuid", "strictatime", "mode=755", "size=65536k"),
          mount(
              "devpts",
              "devpts",
              "/dev/pts",
              "nosuid",
              "noexec",
              "newinstance",
              "ptmxmode=0666",
              "mode=0620",
              "gid=5"),
          mount("tmpfs", "shm", "/dev/shm", "nosuid", "noexec", "nodev", "mode=1777"),
          mount("sysfs", "sysfs", "/sys", "nosuid", "noexec", "nodev", "ro"));
  private static final List<String> MASKED =
      List.of("/proc/acpi", "/proc/kcore", "/proc/keys", "/proc/timer_list", "/sys/firmware");
  private static final List<String> READ_ONLY =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  private OciConfig() {}

  static String of(ContainerSpec spec) {
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "ociVersion",
                "1.0.2",
                "process",
                process(spec),
                "root",
                Map.of("path", "rootfs", "readonly", spec.readOnlyRoot()),
                "hostname",
                spec.hostname(),
                "mounts",
                Stream.concat(KERNEL_MOUNTS.stream(), spec.mounts().stream().map(OciConfig::mount))
                    .toList(),
                "linux",
                linux(spec)));
  }

  private static Map<String, Object> process(ContainerSpec spec) {
    return Map.of(
        "args",
        spec.args(),
        "env",
        spec.environment().entrySet().stream()
            .map(variable -> variable.getKey() + "=" + variable.getValue())
            .sorted()
            .toList(),
        "cwd",
        spec.cwd(),
        "user",
        Map.of("uid", spec.uid(), "gid", spec.gid(), "additionalGids", spec.groups()),
        "capabilities",
        NO_CAPABILITIES,
        "noNewPrivileges",
        true);
  }

  private static Map<String, Object> linux(ContainerSpec spec) {
    var namespaces = new ArrayList<Map<String, String>>();
    for (var type : List.of("pid", "ipc", "uts", "mount")) {
      namespaces.add(Map.of("type", type));
    }
    namespaces.add(
        spec.network()
            .map(path -> Map.of("type", "network", "path", path.toString()))
            .orElse(Map.of("type", "network")));
    return Map.of(
        "namespaces",
        namespaces,
        "maskedPaths",
        MASKED,
        "readonlyPaths",
        READ_ONLY,
        // All are called the same; in one group, to freeze or to end one would be to do it to all.
        "cgroupsPath",
        "/gatehouse-" + UUID.randomUUID());
  }

  private static Map<String, Object> mount(Mount mount) {
    return switch (mount) {
      case Mount.Bind bind ->
          mount(
              "bind",
              bind.source().toString(),
              bind.target(),
              "rbind",
              "rprivate",
              bind.readOnly() ? "ro" : "rw");
      case Mount.Tmpfs tmpfs -> mount("tmpfs", "tmpfs", tmpfs.target(), "nosuid", "mode=1777");
    };
  }

  private static Map<String, Object> mount(
      String type, String source, String target, String... options) {
    return Map.of(
        "type", type, "source", source, "destination", target, "options", List.of(options));
  }
}
