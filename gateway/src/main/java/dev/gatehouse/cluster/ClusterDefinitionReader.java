package dev.gatehouse.cluster;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The sections of cluster.yaml. They, their keys and their limits have no second list; a test keeps
 * config/cluster.schema.json in step.
 */
final class ClusterDefinitionReader {
  private final Problems problems;
  private final Function<ScalarNode, Path> paths;

  /**
   * @param paths reads the path of another file
   */
  ClusterDefinitionReader(Problems problems, Function<ScalarNode, Path> paths) {
    this.problems = problems;
    this.paths = paths;
  }

  ClusterDefinition read(@Nullable Node root) {
    var file = Section.of("", root, problems);
    var machineTypes = file.section("machineTypes");
    var workspaces = new WorkspacesReader(file, machineTypes, problems).read();
    var directory = new DirectoryReader(file.section("directory"), paths).read();
    var definition =
        new ClusterDefinition(
            new GatewayReader(file.section("gateway")).read(),
            new LoginReader(file.section("login"), paths).read(),
            new LimitsReader(file.section("limits")).read(),
            directory,
            workspaces,
            new MachineTypesReader(machineTypes, workspaces.idle()).read(),
            new AppsReader(file.section("apps"), directory.administrators()).read(),
            new KubernetesReader(file.section("kubernetes")).read());
    file.refuseUnknownKeys();
    return definition;
  }
}
