package dev.gatehouse.cluster;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * The sections of cluster.yaml. They, their keys and their limits have no second list; a test keeps
 * config/cluster.schema.json in step.
 */
final class ClusterDefinitionReader {
  /** Where the gateway is that says nothing of it, and does not run in a pod. */
  private final Problems problems;

  private final FilePaths paths;

  /**
   * @param paths of the files that the definition names
   */
  ClusterDefinitionReader(Problems problems, FilePaths paths) {
    this.problems = problems;
    this.paths = paths;
  }

  ClusterDefinition read(@Nullable Node root) {
    var file = Section.of("", root, problems);
    var machineTypes = file.section("machineTypes");
    var poolKeys = file.section("pools");
    var storageKeys = file.section("storage");
    // Its mistakes are noted where it is read for itself.
    var cloud = Section.of("", root, Problems.unheard()).section("cloud");
    var references = References.to(machineTypes, poolKeys, storageKeys, cloud, problems);
    var storage = new StorageReader(storageKeys).read();
    var kubernetesKeys = file.section("kubernetes");
    var images = new ImagesReader(file.section("images"), kubernetesKeys).read();
    var kubernetes = new KubernetesReader(kubernetesKeys, images, references).read();
    var workspaces = new WorkspacesReader(file, machineTypes, problems).read();
    var directory =
        new DirectoryReader(file.section("directory"), paths, kubernetes.gateways(), references)
            .read();
    var before = problems.count();
    var pools = new PoolsReader(poolKeys).read();
    var checked = new PlacementReader.Pools(pools, problems.count() == before);
    var definition =
        new ClusterDefinition(
            new GatewayReader(file.section("gateway")).read(),
            new LoginReader(file.section("login"), paths, references).read(),
            new LimitsReader(file.section("limits")).read(),
            directory,
            workspaces,
            new MachineTypesReader(machineTypes, workspaces.idle(), checked, storage, references)
                .read(),
            new AppsReader(file.section("apps"), directory, references).read(),
            kubernetes,
            images,
            pools,
            new CloudReader(file.section("cloud"), references).read(),
            new CostsReader(file.section("costs"), references).read(),
            storage,
            new DefinitionReader(file.section("definition")).readOnly());
    file.refuseUnknownKeys();
    return definition;
  }
}
