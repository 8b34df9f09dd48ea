package dev.gatehouse.testkit.kubernetes;

import dev.gatehouse.testkit.Folders;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;

/** A pod's volumes as folders of this machine, owned as a kubelet has them owned. */
final class Volumes {
  private final Map<String, Path> folders = new HashMap<>();
  private final Path folder;

  /**
   * Makes them.
   *
   * @param claims where claims live on
   * @throws MissingObject if a Secret, a ConfigMap or a claim is not there
   */
  Volumes(KubernetesClient client, Pod pod, Path claims) {
    folder = Folders.temporary();
    for (var volume : pod.getSpec().getVolumes()) {
      try {
        folders.put(volume.getName(), make(client, pod, volume, claims));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static final class MissingObject extends RuntimeException {
    MissingObject(String what) {
      super("MountVolume.SetUp failed: %s not found".formatted(what));
    }
  }

  Path folder(String volume) {
    return folders.get(volume);
  }

  /** What a mount shows; a subPath that is not there becomes a folder. */
  Path source(String volume, String subPath) {
    if (subPath == null || subPath.isEmpty()) {
      return folder(volume);
    }
    var path = folder(volume).resolve(subPath);
    try {
      if (!Files.exists(path)) {
        Files.createDirectories(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
  }

  /** The ConfigMap has changed: whole mounts of it follow. */
  void update(String volume, Map<String, String> data) {
    try {
      for (var entry : data.entrySet()) {
        Files.writeString(folder(volume).resolve(entry.getKey()), entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete() {
    Folders.delete(folder);
  }

  private Path make(KubernetesClient client, Pod pod, Volume volume, Path claims)
      throws IOException {
    var namespace = pod.getMetadata().getNamespace();
    var group = pod.getSpec().getSecurityContext().getFsGroup();
    if (volume.getPersistentVolumeClaim() != null) {
      var name = volume.getPersistentVolumeClaim().getClaimName();
      if (client.persistentVolumeClaims().inNamespace(namespace).withName(name).get() == null) {
        throw new MissingObject("persistentvolumeclaim \"%s\"".formatted(name));
      }
      return shared(Files.createDirectories(claims.resolve(name)), group);
    }
    var path = Files.createDirectory(folder.resolve(volume.getName()));
    if (volume.getEmptyDir() != null) {
      return shared(path, group);
    }
    if (volume.getSecret() != null) {
      var name = volume.getSecret().getSecretName();
      var secret = client.secrets().inNamespace(namespace).withName(name).get();
      if (secret == null) {
        throw new MissingObject("secret \"%s\"".formatted(name));
      }
      for (var entry : secret.getData().entrySet()) {
        write(
            path.resolve(entry.getKey()),
            Base64.getDecoder().decode(entry.getValue()),
            volume.getSecret().getDefaultMode(),
            group);
      }
    } else if (volume.getConfigMap() != null) {
      var name = volume.getConfigMap().getName();
      var map = client.configMaps().inNamespace(namespace).withName(name).get();
      if (map == null) {
        throw new MissingObject("configmap \"%s\"".formatted(name));
      }
      for (var entry : map.getData().entrySet()) {
        write(
            path.resolve(entry.getKey()),
            entry.getValue().getBytes(StandardCharsets.UTF_8),
            volume.getConfigMap().getDefaultMode(),
            group);
      }
    } else {
      throw new IOException("a kind of volume that this kubelet does not know: " + volume);
    }
    return path;
  }

  /** Root's, of the pod's group, which may write; what is made in it is the group's too. */
  private static Path shared(Path path, Long group) throws IOException {
    Files.setAttribute(path, "unix:gid", group.intValue());
    Files.setAttribute(path, "unix:mode", 02777);
    return path;
  }

  /** With fsGroup a kubelet lets the group read, whatever the mode says of it. */
  private static void write(Path file, byte[] content, Integer mode, Long group)
      throws IOException {
    Files.write(file, content);
    Files.setAttribute(file, "unix:gid", group.intValue());
    var bits = mode == null ? 0644 : mode;
    var permissions = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.GROUP_READ);
    if ((bits & 0004) != 0) {
      permissions.add(PosixFilePermission.OTHERS_READ);
    }
    Files.setPosixFilePermissions(file, permissions);
  }
}
