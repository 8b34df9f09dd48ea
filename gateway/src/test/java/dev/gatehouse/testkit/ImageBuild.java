package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds images with buildah in a storage of its own, on a Debian that debootstrap makes, and
 * unpacks them. Where containers cannot be built at all, it fails or skips the test.
 */
final class ImageBuild {
  private static final String BASE = "localhost/debian:bookworm";
  private static final String JDK_VERSION = Runtime.version().toString().replace('+', '-');
  private static final String JDK = "localhost/jdk:" + JDK_VERSION;
  private static final List<String> EMPTY_FOLDERS = List.of("etc", "tmp", "proc", "dev", "sys");

  private final Path gateway;
  private final Path top;
  private final Path folder;
  private final Buildah buildah;

  /**
   * @param gateway the Maven module's folder
   * @param folder where images are kept
   */
  ImageBuild(Path gateway, Path folder) {
    this.gateway = gateway;
    this.folder = folder;
    top = gateway.resolve("..").normalize();
    buildah = new Buildah(folder);
  }

  /** Builds a target of the {@code Dockerfile}. */
  BuiltImage target(String name) {
    return locked(
        () -> {
          var inputs = Stream.concat(Stream.of("Dockerfile", ".dockerignore"), files(name));
          if (name.equals("gateway")) {
            jar();
            inputs =
                Stream.of(
                    "Dockerfile",
                    ".dockerignore",
                    "config",
                    "gateway/target/gatehouse.jar",
                    "gateway/target/lib");
          }
          var digest = Digests.of(inputs.map(top::resolve).toList());
          var key = name.equals("gateway") ? digest + "-" + JDK_VERSION : digest;
          var unpacked = new Unpacked(folder, name, key);
          if (!unpacked.exists()) {
            base();
            var arguments = List.of("--build-arg", "BASE=" + BASE, "--target", name);
            if (name.equals("gateway")) {
              jdk();
              arguments =
                  Stream.concat(arguments.stream(), Stream.of("--build-arg", "JDK=" + JDK))
                      .toList();
            }
            var image = "localhost/gatehouse/" + name;
            buildah.build(image, top.resolve("Dockerfile"), top, arguments);
            unpacked.unpack(buildah, image, true);
          }
          return unpacked.load();
        });
  }

  /** What a target without the jar copies. */
  private static Stream<String> files(String target) {
    return switch (target) {
      case "directory" ->
          Stream.of("bin", "config", "seed").map(folder -> "k8s/directory/" + folder);
      case "ldap-ui" -> Stream.of("k8s/directory/ldap-ui");
      case "jupyter" -> Stream.of();
      default ->
          Stream.of(
              "k8s/toolbox", "gateway/src/main/resources/dev/gatehouse/workspace/local/service");
    };
  }

  BuiltImage debian() {
    return locked(
        () -> {
          var unpacked = new Unpacked(folder, "debian", "bookworm");
          if (!unpacked.exists()) {
            base();
            unpacked.unpack(buildah, BASE, false);
          }
          return unpacked.load();
        });
  }

  BuiltImage empty() {
    return locked(
        () -> {
          var root = folder.resolve("empty");
          for (var name : EMPTY_FOLDERS) {
            Files.createDirectories(root.resolve(name));
          }
          root.resolve("tmp").toFile().setWritable(true, false);
          return BuiltImage.plain(root);
        });
  }

  BuiltImage musl() {
    return locked(
        () -> {
          var dockerfile = Resources.file("images/musl.Dockerfile");
          var unpacked = new Unpacked(folder, "musl", Digests.of(List.of(dockerfile)));
          if (!unpacked.exists()) {
            base();
            var image = "localhost/musl";
            buildah.build(
                image, dockerfile, dockerfile.getParent(), List.of("--build-arg", "BASE=" + BASE));
            unpacked.unpack(buildah, image, false);
          }
          return unpacked.load();
        });
  }

  /**
   * @param toolbox whose static busybox becomes all that the image has
   */
  BuiltImage busybox(BuiltImage toolbox) {
    return locked(
        () -> {
          var root = folder.resolve("busybox");
          if (!Files.exists(root)) {
            var unfinished = Folders.temporaryIn(folder);
            var bin = Files.createDirectories(unfinished.resolve("bin"));
            for (var name : EMPTY_FOLDERS) {
              Files.createDirectory(unfinished.resolve(name));
            }
            unfinished.resolve("tmp").toFile().setWritable(true, false);
            var busybox = bin.resolve("busybox");
            Files.copy(toolbox.rootfs().resolve("toolbox/bin/busybox"), busybox);
            var applets = Program.in(folder, List.of(busybox.toString(), "--list")).run().ok();
            for (var applet : applets.stdout().lines().filter(a -> !a.equals("busybox")).toList()) {
              Files.createSymbolicLink(bin.resolve(applet), Path.of("/bin/busybox"));
            }
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(unfinished, root);
          }
          return BuiltImage.plain(root);
        });
  }

  /** debootstrap alone makes it. */
  BuiltImage foreign() {
    return locked(
        () -> {
          var root = folder.resolve("trixie");
          if (!Files.exists(root)) {
            var unfinished = folder.resolve("trixie-unfinished");
            debootstrap("trixie", unfinished, "--include=openssh-server,libnss-extrausers");
            Files.move(unfinished, root);
          }
          return BuiltImage.plain(root);
        });
  }

  /** Where Maven has not just made it, the launcher does. */
  private void jar() {
    Program.in(top, List.of(gateway.resolve("bin/gatehouse").toString(), "--version"))
        .with("JAVA_HOME", System.getProperty("java.home"))
        .with("HOME", System.getProperty("user.home"))
        .within(Buildah.DEADLINE)
        .run()
        .ok();
  }

  private void base() throws IOException {
    var tar = folder.resolve("debian.tar");
    if (!Files.exists(tar)) {
      var root = folder.resolve("debootstrap");
      debootstrap("bookworm", root);
      var unfinished = folder.resolve("unfinished.tar");
      run("tar", "-C", root.toString(), "-cf", unfinished.toString(), ".");
      Files.move(unfinished, tar);
      run("rm", "-rf", root.toString());
    }
    if (!buildah.has(BASE)) {
      buildah.pack(BASE, "/", tar);
    }
  }

  /** What an interrupted run has left is made anew. */
  private void debootstrap(String release, Path root, String... options) {
    Programs.require("debootstrap", "debootstrap");
    run("rm", "-rf", root.toString());
    Program.in(folder, List.of("debootstrap", "--variant=minbase"))
        .and(options)
        .and(release, root.toString())
        .within(Buildah.DEADLINE)
        .run()
        .ok();
  }

  /** The JDK that runs the tests, at the place where images of JDKs have it. */
  private void jdk() {
    if (!buildah.has(JDK)) {
      buildah.pack(JDK, "/opt/java/openjdk", Path.of(System.getProperty("java.home")));
    }
  }

  private void run(String... command) {
    Program.in(folder, List.of(command)).within(Buildah.DEADLINE).run().ok();
  }

  /** One at a time: two runs of tests may share the folder, and two tests run beside each other. */
  private synchronized <T> T locked(Work<T> work) {
    Runc.require();
    Programs.require("buildah", "buildah");
    try {
      Files.createDirectories(folder);
      try (var file =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var _ = file.lock()) {
        return work.run();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Work<T> {
    T run() throws IOException;
  }
}
