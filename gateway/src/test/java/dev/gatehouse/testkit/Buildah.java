package dev.gatehouse.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** buildah, as it works without an engine, without a registry and in any container. */
final class Buildah {
  static final Duration DEADLINE = Duration.ofMinutes(10);

  /** What images have that say nothing. */
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final Path folder;

  /**
   * @param folder where it keeps its images
   */
  Buildah(Path folder) {
    this.folder = folder;
  }

  boolean has(String image) {
    return program("inspect", "--type", "image", image).run().exit() == 0;
  }

  void build(String image, Path dockerfile, Path context, List<String> arguments) {
    var command =
        Stream.of(
            Stream.of("bud", "--pull=never", "--layers=false", "--tag", image),
            Stream.of("--file", dockerfile.toString()),
            arguments.stream(),
            Stream.of(context.toString()));
    run(command.flatMap(part -> part).toArray(String[]::new));
  }

  /**
   * Makes an image that has only these files.
   *
   * @param files a tar archive, or a folder; links in it that lead outside are followed
   */
  void pack(String image, String target, Path files) {
    var container = run("from", "scratch");
    if (files.toString().endsWith(".tar")) {
      run("add", container, files.toString(), target);
    } else {
      var root = run("mount", container);
      shell("mkdir -p \"$1\" && cp -RL \"$2/.\" \"$1\"", root + target, files.toString());
    }
    run("config", "--env", "PATH=" + PATH, container);
    run("commit", "--rm", container, image);
  }

  /** What there is to know about an image, as JSON. */
  String inspect(String image) {
    return run("inspect", "--type", "image", image);
  }

  /** Copies an image's files into a new folder. */
  void copyFiles(String image, Path into) {
    var container = run("from", "--pull=never", image);
    shell("cp -a \"$1\" \"$2\"", run("mount", container), into.toString());
    run("rm", container);
  }

  /** Writes an image as a registry would get it. */
  void push(String image, Path into) {
    run("push", image, "dir:" + into);
  }

  private String run(String... arguments) {
    return program(arguments).run().ok().stdout().strip();
  }

  private void shell(String script, String... arguments) {
    Program.in(folder, List.of("nice", "sh", "-c", script, "sh"))
        .and(arguments)
        .within(DEADLINE)
        .run()
        .ok();
  }

  private Program program(String... arguments) {
    var storage = folder.resolve("storage").toString();
    var command =
        List.of("nice", "buildah", "--storage-driver", "vfs", "--root", storage, "--runroot");
    return Program.in(folder, command)
        .and(folder.resolve("run").toString())
        .and(arguments)
        .with("BUILDAH_ISOLATION", "chroot")
        .with("TMPDIR", folder.toString())
        .within(DEADLINE);
  }
}
