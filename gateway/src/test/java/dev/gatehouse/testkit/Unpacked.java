package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An image on the disk: its files, what it says of itself, and what of it a registry would have.
 */
final class Unpacked {
  private static final String ROOTFS = "rootfs";
  private static final String CONFIG = "image.json";
  private static final String PACKED = "packed";

  /** Longer than a run of all tests, and than somebody needs to come back to a branch. */
  private static final Duration KEPT = Duration.ofDays(3);

  private final Path parent;
  private final String name;
  private final Path folder;

  /**
   * @param key what it was made of
   */
  Unpacked(Path parent, String name, String key) {
    this.parent = parent;
    this.name = name;
    folder = parent.resolve(name + "-" + key);
  }

  boolean exists() {
    return Files.exists(folder);
  }

  /**
   * Takes the image out of the storage; those of its name that nobody can be using any more go.
   *
   * @param pack whether anybody wants to know its size in a registry, which takes time
   */
  void unpack(Buildah buildah, String image, boolean pack) throws IOException {
    try (var files = Files.list(parent)) {
      files
          .filter(file -> file.getFileName().toString().startsWith(name + "-") && isOld(file))
          .toList()
          .forEach(Folders::delete);
    }
    var unfinished = parent.resolve("unfinished");
    if (Files.exists(unfinished)) {
      Folders.delete(unfinished);
    }
    Files.createDirectory(unfinished);
    buildah.copyFiles(image, unfinished.resolve(ROOTFS));
    if (pack) {
      buildah.push(image, Files.createDirectory(unfinished.resolve(PACKED)));
    }
    Folders.write(unfinished.resolve(CONFIG), buildah.inspect(image));
    Files.move(unfinished, folder);
  }

  BuiltImage load() {
    // It is in use, by a clone that may not be the one that made it.
    var _ = folder.toFile().setLastModified(System.currentTimeMillis());
    var config =
        JsonMapper.shared()
            .readTree(Folders.read(folder.resolve(CONFIG)))
            .path("OCIv1")
            .path("config");
    var user = config.path("User").asString("0:0").split(":", 2);
    return new BuiltImage(
        folder.resolve(ROOTFS),
        Stream.concat(strings(config.path("Entrypoint")), strings(config.path("Cmd"))).toList(),
        environment(config.path("Env")),
        config.path("WorkingDir").asString("/"),
        Integer.parseInt(user[0]),
        Integer.parseInt(user[user.length - 1]),
        config.path("StopSignal").asString("SIGTERM"),
        size(folder.resolve(PACKED)));
  }

  private static boolean isOld(Path file) {
    return file.toFile().lastModified() < System.currentTimeMillis() - KEPT.toMillis();
  }

  private static Stream<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asString);
  }

  private static Map<String, String> environment(JsonNode lines) {
    var environment = new TreeMap<String, String>();
    strings(lines)
        .map(line -> line.split("=", 2))
        .forEach(parts -> environment.put(parts[0], parts[1]));
    return environment;
  }

  private static long size(Path folder) {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (var files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
