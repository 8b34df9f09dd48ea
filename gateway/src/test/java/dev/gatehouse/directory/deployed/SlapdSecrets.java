package dev.gatehouse.directory.deployed;

import dev.gatehouse.testkit.Keys;
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
import java.util.stream.Stream;

/**
 * What {@code k8s/directory/secrets} prints, in files, as a kubelet mounts it.
 *
 * @param folder holds {@code tls}, {@code secrets} and, for the gateway, {@code gateway}
 * @param key the first administrator's
 */
record SlapdSecrets(Path folder, Path key) {
  private static final Map<String, String> MOUNTS =
      Map.of(
          "directory-tls", "tls",
          "directory-services", "secrets/services",
          "directory-administrator", "secrets/administrator",
          "gatehouse-directory", "gateway");

  static SlapdSecrets make(Path folder) {
    var key = Keys.generate(folder, SlapdHome.ADMINISTRATOR);
    print(folder, "--administrator", SlapdHome.ADMINISTRATOR, "--key", key + ".pub")
        .forEach(secret -> mount(folder, secret));
    return new SlapdSecrets(folder, key);
  }

  /** As {@code kubectl} gets them. */
  static List<Secret> print(Path folder, String... arguments) {
    Programs.require("openssl", "openssl");
    var script = SlapdHome.deployed("secrets").toString();
    var yaml = Program.in(folder, List.of(script)).and(arguments).run().ok().stdout();
    return Stream.of(yaml.split("(?m)^---\n"))
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
