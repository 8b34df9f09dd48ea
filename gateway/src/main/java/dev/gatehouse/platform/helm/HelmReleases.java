package dev.gatehouse.platform.helm;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Releases in one cluster: Helm's commands change them, and their records say what is there. What
 * the library and the program do differently ends here.
 */
final class HelmReleases implements Helm {
  /** As the program's {@code --history-max}; the library does not know it, and keeps all. */
  static final int KEPT = 10;

  private static final Logger LOG = LoggerFactory.getLogger(HelmReleases.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final HelmCommands commands;
  private final KubernetesClient client;
  private final ReleaseRecords records;

  HelmReleases(HelmCommands commands, KubernetesClient client) {
    this.commands = commands;
    this.client = client;
    this.records = new ReleaseRecords(client);
  }

  @Override
  public String render(Release release) {
    return render(commands, release);
  }

  static String render(HelmCommands commands, Release release) {
    try (var files = new CallFiles()) {
      return asking(() -> commands.template(release, values(files, release)));
    }
  }

  @Override
  public Optional<DeployedRelease> deployed(String namespace, String name) {
    return records.newest(namespace, name);
  }

  @Override
  public List<DeployedRelease> history(String namespace, String name) {
    return records.list(namespace, name);
  }

  @Override
  public synchronized DeployedRelease apply(Release release) {
    recover(release.namespace(), release.name());
    // Before, since an upgrade that fails leaves a record too.
    records.keep(release.namespace(), release.name(), KEPT - 1);
    if (deployed(release.namespace(), release.name()).isPresent()) {
      change(release, commands::upgrade);
    } else {
      change(release, commands::install);
    }
    return deployed(release.namespace(), release.name())
        .orElseThrow(() -> HelmFailures.of(new HelmError("the release has no record")));
  }

  @Override
  public synchronized void uninstall(String namespace, String name) {
    if (deployed(namespace, name).isPresent()) {
      remove(namespace, name);
    }
  }

  /** Takes away what a process that died has left, and what Helm would refuse to go on from. */
  private void recover(String namespace, String name) {
    for (var revision : history(namespace, name)) {
      switch (revision.status()) {
        case PENDING, UNINSTALLED -> {
          LOG.info(
              "the record of {} revision {}, {}, is deleted: no process is at it any more",
              name,
              revision.revision(),
              revision.status());
          records.delete(revision);
        }
        case UNINSTALLING -> {
          LOG.info("the removal of {}, which was not finished, is finished", name);
          remove(namespace, name);
          return;
        }
        case DEPLOYED -> {
          return;
        }
        case FAILED, SUPERSEDED, OTHER -> {}
      }
    }
  }

  private void remove(String namespace, String name) {
    try (var files = new CallFiles()) {
      asking(
          () -> {
            commands.uninstall(namespace, name, kubeconfig(files));
            return name;
          });
    }
  }

  /** One of Helm's commands on a release, given the files with its values and the connection. */
  private interface Change {
    void run(Release release, Path values, Path kubeconfig);
  }

  private void change(Release release, Change command) {
    try (var files = new CallFiles()) {
      asking(
          () -> {
            command.run(release, values(files, release), kubeconfig(files));
            return release;
          });
    }
  }

  private static <T> T asking(Supplier<T> command) {
    try {
      return command.get();
    } catch (HelmError e) {
      throw HelmFailures.of(e);
    }
  }

  private static Path values(CallFiles files, Release release) {
    return files.write("values.json", JSON.writeValueAsString(release.values()));
  }

  private Path kubeconfig(CallFiles files) {
    return files.write("kubeconfig", Kubeconfig.of(client.getConfiguration()).text());
  }

  /** The client is the caller's. */
  @Override
  public void close() {}
}
