package dev.gatehouse.platform.commands;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.file.TextFile;
import dev.gatehouse.install.Installation;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command on the platform is told. */
final class PlatformOptions {
  private static final int MAX_BYTES = 4 << 20;

  @Option(
      names = "--cluster",
      paramLabel = "FILE",
      required = true,
      description = "The cluster definition.")
  private Path cluster = Path.of("cluster.yaml");

  @Option(
      names = "--charts",
      paramLabel = "DIR",
      hidden = true,
      description = "The folder with the charts. Default: k8s of Gatehouse.")
  private @Nullable Path charts;

  PlatformOptions() {}

  PlatformOptions(Path cluster, Path charts) {
    this.cluster = cluster;
    this.charts = charts;
  }

  /**
   * A definition as it is written, and what it says. Files that it names are for the gateways,
   * which run elsewhere: they are not looked at.
   */
  record Written(String text, ClusterDefinition definition) {}

  Written read() {
    var text = TextFile.read(cluster, "cluster definition", MAX_BYTES, ExitCode.CONFIG);
    return new Written(text, ClusterDefinitionFile.parse(cluster.toString(), text));
  }

  Path charts() {
    return Optional.ofNullable(charts).orElseGet(() -> Installation.find().charts());
  }
}
