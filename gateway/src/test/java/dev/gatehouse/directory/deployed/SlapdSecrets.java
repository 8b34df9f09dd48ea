package dev.gatehouse.directory.deployed;

import dev.gatehouse.name.Username;
import dev.gatehouse.platform.secrets.DirectorySecrets;
import dev.gatehouse.platform.secrets.FirstAdministrator;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The Secrets of a directory that {@code gatehouse apply} makes, in files, as a kubelet mounts
 * them.
 *
 * @param folder holds {@code tls}, {@code secrets} and, for the gateway, {@code gateway}
 * @param key the first administrator's
 */
record SlapdSecrets(Path folder, Path key) {
  private static final Map<String, String> MOUNTS =
      Map.of(
          DirectorySecrets.TLS, "tls",
          DirectorySecrets.SERVICES, "secrets/services",
          DirectorySecrets.ADMINISTRATOR, "secrets/administrator",
          DirectorySecrets.GATEWAY, "gateway");

  static SlapdSecrets make(Path folder) {
    var key = Keys.generate(folder, SlapdHome.ADMINISTRATOR);
    of(SlapdHome.ADMINISTRATOR, Folders.read(Path.of(key + ".pub")))
        .forEach((name, texts) -> mount(folder.resolve(MOUNTS.get(name)), texts));
    return new SlapdSecrets(folder, key);
  }

  /** By name: the texts of each. */
  static Map<String, Map<String, String>> of(String administrator, String key) {
    var first = new FirstAdministrator(new Username(administrator), key);
    return DirectorySecrets.wanted(Map.of(), "gatehouse", false, Optional.of(first), Instant.now());
  }

  private static void mount(Path folder, Map<String, String> texts) {
    try {
      Files.createDirectories(folder);
      for (var text : texts.entrySet()) {
        Files.writeString(folder.resolve(text.getKey()), text.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
