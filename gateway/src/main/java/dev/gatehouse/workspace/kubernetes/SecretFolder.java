package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.file.DurableFile;
import dev.gatehouse.file.SharedFolder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder whose files are the data of a Secret. The Secret decides: whoever writes says which
 * version they have seen, and is refused when there is a later one. Where there is no Secret, at
 * the first start or because somebody has deleted it, the folder becomes it.
 */
public final class SecretFolder implements SharedFolder {
  private static final Logger LOG = LoggerFactory.getLogger(SecretFolder.class);

  /** An annotation of this prefix and a file's name tells when the file was made. */
  private static final String MADE = "made.gatehouse.dev/";

  /** More gateways do not make their keys at the same moment. */
  private static final int ATTEMPTS = 20;

  private final KubernetesClient client;
  private final String namespace;
  private final String name;
  private final Path path;

  /**
   * @param client stays the caller's
   * @param path a folder that only this process reads and writes; it must exist
   */
  public SecretFolder(KubernetesClient client, String namespace, String name, Path path) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
    this.path = path;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public synchronized boolean refresh() throws IOException {
    var secret = current();
    return secret.isPresent() && take(secret.get());
  }

  @Override
  public synchronized void change(Change change) throws IOException {
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      var secret = current();
      if (secret.isPresent()) {
        take(secret.get());
      }
      if (changed(secret, change)) {
        return;
      }
    }
    throw new IOException("other gateways change the Secret %s all the time".formatted(name));
  }

  /** Answers whether the change has reached all; if not, the files are as they were. */
  private boolean changed(Optional<Secret> secret, Change change) throws IOException {
    var before = read();
    var kept = false;
    try {
      change.run();
      kept = sameFiles(before, read()) || put(secret, read());
      return kept;
    } finally {
      if (!kept) {
        write(before, Map.of());
      }
    }
  }

  // ---- the Secret ----

  /** Empty if there is none, and nothing to make it of. */
  private Optional<Secret> current() throws IOException {
    var secret = get();
    var files = read();
    if (secret.isEmpty() && !files.isEmpty()) {
      LOG.warn("[keys-restored] there was no Secret {}; it is made of the files here", name);
      var _ = put(Optional.empty(), files);
      return get();
    }
    return secret;
  }

  private Optional<Secret> get() throws IOException {
    try {
      return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get());
    } catch (KubernetesClientException e) {
      throw unreachable(e);
    }
  }

  /** Answers false if another gateway was first. */
  private boolean put(Optional<Secret> before, Map<String, byte[]> files) throws IOException {
    var secret = client.secrets().inNamespace(namespace).resource(secret(before, files));
    try {
      var _ = before.isPresent() ? secret.update() : secret.create();
      return true;
    } catch (KubernetesClientException e) {
      // Not found: it was deleted in between.
      if (KubernetesFailures.isConflict(e) || KubernetesFailures.isNotFound(e)) {
        return false;
      }
      throw unreachable(e);
    }
  }

  /** With the version of the one before, by which the API server refuses it if that has changed. */
  private Secret secret(Optional<Secret> before, Map<String, byte[]> files) throws IOException {
    var data = new TreeMap<String, String>();
    var annotations =
        new TreeMap<>(
            before
                .flatMap(s -> Optional.ofNullable(s.getMetadata().getAnnotations()))
                .orElse(Map.of()));
    annotations.keySet().removeIf(key -> key.startsWith(MADE));
    for (var file : files.entrySet()) {
      data.put(file.getKey(), Base64.getEncoder().encodeToString(file.getValue()));
      annotations.put(MADE + file.getKey(), made(file.getKey()).toString());
    }
    return before
        .map(SecretBuilder::new)
        .orElseGet(() -> new SecretBuilder().withType("Opaque"))
        .editOrNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .addToLabels(Annotations.MANAGED_BY, Annotations.GATEHOUSE)
        .withAnnotations(annotations)
        .endMetadata()
        .withData(data)
        .build();
  }

  private IOException unreachable(KubernetesClientException e) {
    return new IOException(
        "the Secret %s/%s: %s".formatted(namespace, name, KubernetesFailures.describe(e)), e);
  }

  // ---- the folder ----

  private boolean take(Secret secret) throws IOException {
    var files = new HashMap<String, byte[]>();
    Optional.ofNullable(secret.getData())
        .orElse(Map.of())
        .forEach((file, text) -> files.put(file, Base64.getDecoder().decode(text)));
    var times = new HashMap<String, Instant>();
    for (var file : files.keySet()) {
      Annotations.moment(secret, MADE + file).ifPresent(time -> times.put(file, time));
    }
    return write(files, times);
  }

  private Map<String, byte[]> read() throws IOException {
    var files = new TreeMap<String, byte[]>();
    try (var entries = Files.newDirectoryStream(path, SecretFolder::isShared)) {
      for (var file : entries) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  /** Answers whether anything was another. */
  private boolean write(Map<String, byte[]> files, Map<String, Instant> times) throws IOException {
    var before = read();
    for (var file : before.keySet()) {
      if (!files.containsKey(file)) {
        Files.delete(path.resolve(file));
      }
    }
    for (var file : files.entrySet()) {
      if (!Arrays.equals(file.getValue(), before.get(file.getKey()))) {
        new DurableFile(path.resolve(file.getKey())).replace(file.getValue());
        if (times.containsKey(file.getKey())) {
          Files.setLastModifiedTime(
              path.resolve(file.getKey()), FileTime.from(times.get(file.getKey())));
        }
      }
    }
    return !sameFiles(before, files);
  }

  private Instant made(String file) throws IOException {
    return Files.getLastModifiedTime(path.resolve(file)).toInstant();
  }

  /** Hidden ones are locks, and parts of what is being written. */
  private static boolean isShared(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && !file.getFileName().toString().startsWith(".");
  }

  private static boolean sameFiles(Map<String, byte[]> some, Map<String, byte[]> others) {
    return some.keySet().equals(others.keySet())
        && some.entrySet().stream()
            .allMatch(file -> Arrays.equals(file.getValue(), others.get(file.getKey())));
  }
}
