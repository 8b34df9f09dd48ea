package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A container, run by runc from the files of an image. What it writes to its root goes to a layer
 * of its own. Closing this ends it and removes its traces.
 */
public final class Runc implements AutoCloseable {
  private static final Duration LIFE = Duration.ofMinutes(30);
  private static final String NAME = "container";

  private final Path folder;
  private final ContainerSpec spec;
  private final Running running;

  private Runc(Path folder, ContainerSpec spec) {
    this.folder = folder;
    this.spec = spec;
    running = runc("run", "--bundle", folder.toString(), NAME).within(LIFE).start();
  }

  /** Fails, or skips the test outside CI, where containers cannot be run at all. */
  public static void require() {
    Programs.require("runc", "runc");
    Programs.require("ip", "iproute2");
    Programs.requireRoot("containers can be run by root only");
  }

  /** Starts a container, and does not wait for anything. */
  public static Runc start(ContainerSpec spec) {
    require();
    var folder = Folders.temporary();
    try {
      for (var name : List.of("rootfs", "upper", "work", "state")) {
        Files.createDirectory(folder.resolve(name));
      }
      Files.writeString(folder.resolve("config.json"), OciConfig.of(spec));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    mountRoot(folder, spec.image());
    return new Runc(folder, spec);
  }

  /** Runs a container to its end. */
  public static Result run(ContainerSpec spec) {
    try (var container = start(spec)) {
      return container.await();
    }
  }

  /** Runs a program inside, as the container's user and with its environment, as kubelet's exec. */
  public Program exec(String... args) {
    var command = new ArrayList<>(List.of("exec", "--cwd", spec.cwd()));
    command.addAll(List.of("--user", spec.uid() + ":" + spec.gid()));
    spec.groups().forEach(group -> command.addAll(List.of("--additional-gids", group.toString())));
    command.add(NAME);
    return runc(Stream.concat(command.stream(), Stream.of(args)).toArray(String[]::new));
  }

  /** Waits for its end; the exit status is 128 + n when signal n ended it. */
  public Result await() {
    return running.await();
  }

  public boolean isRunning() {
    return running.isAlive();
  }

  /** Its main process, as this machine numbers it. */
  public long pid() {
    var state = runc("state", NAME).run().ok().stdout();
    return JsonMapper.shared().readTree(state).path("pid").asLong();
  }

  /**
   * Signals its main process.
   *
   * @param signal such as {@code TERM}
   */
  public void kill(String signal) {
    runc("kill", NAME, signal).run().ok();
  }

  /** As {@link #kill}; answers false if it does not run yet, or no more. */
  public boolean tryKill(String signal) {
    return runc("kill", NAME, signal).run().exit() == 0;
  }

  /** All that it has written so far to its standard output. */
  public String stdout() {
    return new String(running.stdoutSoFar(), StandardCharsets.UTF_8);
  }

  /** All that it has written so far to its standard error. */
  public String stderr() {
    return running.stderrSoFar();
  }

  @Override
  public void close() {
    running.close();
    runc("delete", "--force", NAME).run();
    Program.in(folder, List.of("umount", "--lazy", folder.resolve("rootfs").toString())).run().ok();
    Folders.delete(folder);
  }

  private Program runc(String... arguments) {
    var state = folder.resolve("state").toString();
    return Program.in(folder, List.of("runc", "--root", state)).and(arguments);
  }

  private static void mountRoot(Path folder, Path image) {
    var layers =
        "lowerdir=%s,upperdir=%s,workdir=%s"
            .formatted(image, folder.resolve("upper"), folder.resolve("work"));
    var target = folder.resolve("rootfs").toString();
    Program.in(folder, List.of("mount", "-t", "overlay", "overlay", "-o", layers, target))
        .run()
        .ok();
  }
}
