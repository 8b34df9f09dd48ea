package dev.gatehouse.directory.deployed;

import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Programs;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What {@code k8s/directory/secrets} prints, in files, as a kubelet mounts it.
 *
 * @param folder holds {@code tls} and {@code secrets}
 */
record SlapdSecrets(Path folder) {
  private static final Map<String, String> MOUNTS =
      Map.of(
          "directory-tls", "tls",
          "directory-services", "secrets/services",
          "directory-administrator", "secrets/administrator");

  static SlapdSecrets make(Path folder) {
    print(folder).forEach(secret -> mount(folder, secret));
    return new SlapdSecrets(folder);
  }

  /** As {@code kubectl} gets them. */
  static List<Secret> print(Path folder) {
    Programs.require("openssl", "openssl");
    var yaml =
        Program.in(
                folder,
                List.of(
                    SlapdHome.deployed("secrets").toString(),
                    "--administrator",
                    SlapdHome.ADMINISTRATOR))
            .run()
            .ok()
            .stdout();
    return List.of(yaml.split("(?m)^---\n")).stream()
        .filter(document -> !document.isBlank())
        .map(document -> Serialization.unmarshal(document, Secret.class))
        .toList();
  }

  private static void mount(Path folder, Secret secret) {
    try {
      var mount =
          Files.createDirectories(folder.resolve(MOUNTS.get(secret.getMetadata().getName())));
      for (var entry : secret.getData().entrySet()) {
        Files.write(mount.resolve(entry.getKey()), Base64.getDecoder().decode(entry.getValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
