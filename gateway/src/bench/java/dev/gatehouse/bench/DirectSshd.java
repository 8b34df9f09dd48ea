package dev.gatehouse.bench;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.PlainSshd;
import java.nio.file.Path;

/** The target sshd with nothing before it: what a hop adds to it is seen against this. */
final class DirectSshd implements Contender {
  private final PlainSshd target = PlainSshd.start();
  private final Path folder = Folders.temporary();

  DirectSshd() {
    Folders.write(
        config(),
        SshConfig.of(
            "target", target.port(), target.login(), target.identity(), target.knownHosts()));
  }

  @Override
  public String name() {
    return "sshd";
  }

  @Override
  public Path config() {
    return folder.resolve("config");
  }

  @Override
  public Door door() {
    return new Door(target.port(), target.login(), target.identity());
  }

  @Override
  public boolean isIdle() {
    return target.connectionCount() == 0;
  }

  /** Nothing stands between client and target. */
  @Override
  public double cpuSeconds() {
    return 0;
  }

  @Override
  public long memory() {
    return 0;
  }

  @Override
  public void close() {
    target.close();
    Folders.delete(folder);
  }
}
