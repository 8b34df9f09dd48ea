package dev.gatehouse.deploy;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What a cluster gets of the charts with some values.
 *
 * @param name to show
 * @param manifests what Helm renders
 */
record Rendered(String name, Manifests manifests) {
  /** All that a site can turn on without AWS. */
  static final String FULL_FOUNDATION =
      """
      workspaces: {root: true, portForward: true}
      network:
        ipv6: true
        private: [203.0.113.0/24, '2001:db8::/32']
        allow:
          - {name: database, cidr: 10.20.30.40/32, ports: [5432], machineTypes: [gpu]}
          - {name: node-local-dns, cidr: 169.254.20.10/32, ports: [53]}
      storageClasses:
        gatehouse-homes:
          provisioner: ebs.csi.aws.com
          parameters: {type: gp3, encrypted: true}
          volumeBindingMode: WaitForFirstConsumer
          allowVolumeExpansion: true
          mountOptions: [noatime]
          reclaimPolicy: Retain
          snapshotDriver: ebs.csi.aws.com
      storage:
        projects: {storageClass: gatehouse-shared, size: 500Gi}
        datasets:
          efs: {fileSystem: fs-0123456789abcdef0, path: /gatehouse, uid: 5000, gid: 5001, mode: '2770'}
        lake: {bucket: {name: example-lake, prefix: raw/, region: eu-central-1, readOnly: true}}
        drop: {bucket: {name: example-drop, region: eu-central-1, readOnly: false, gid: 5000}}
      awsRoles: {gpu: 'arn:aws:iam::123456789012:role/gpu'}
      guardRails: {charts: [k8s/apps], pools: {gpu: {max: 4}}}
      """;

  /** The charts of the gateway and of what it stands on, with the values that they have. */
  static Rendered shipped() {
    return of("as shipped", "{}", "{}");
  }

  static Rendered aws() {
    return of("on AWS", "loadBalancer: aws", "gateway: {service: {loadBalancer: aws}}");
  }

  /** With one value of the foundation, on a chart of the gateway as it is shipped. */
  static Rendered with(String foundation) {
    return of(foundation, foundation, "{}");
  }

  private static Rendered full() {
    return of(
        "with everything",
        FULL_FOUNDATION,
        """
        images: {gateway: 'registry.example.com:5000/gatehouse-gateway:1.2.3'}
        imagePullSecrets: [registry]
        monitoringNamespace: prometheus
        gateway:
          replicas: 3
          cpu: 1
          memory: 2Gi
          service: {port: 2222, sourceRanges: [192.0.2.0/24], annotations: {example.com/a: 'true'}}
        """);
  }

  private static Rendered small() {
    return of(
        "without an operator, on a node's port",
        "{}",
        "{operator: {enabled: false}, gateway: {service: {type: NodePort, nodePort: 30022}}}");
  }

  static Rendered of(String name, String foundation, String gatehouse) {
    return new Rendered(
        name, Chart.FOUNDATION.render(foundation).and(Chart.GATEHOUSE.render(gatehouse)));
  }

  /** The ways in which a site has the gateway. */
  static Stream<Rendered> all() {
    return Stream.of(shipped(), aws(), full(), small());
  }

  static Rendered directory(String name, String values) {
    return new Rendered(name, Chart.DIRECTORY.render(values));
  }

  static Rendered directory() {
    return directory("the directory as shipped", "{}");
  }

  static Rendered mirroredDirectory() {
    return directory("two directories", "servers: 2");
  }

  static Rendered restore() {
    return directory("a restore", "restore: {enabled: true}");
  }

  /** The ways in which a site has the directory. */
  static Stream<Rendered> ofTheDirectory() {
    return Stream.of(
        directory(),
        mirroredDirectory(),
        restore(),
        directory(
            "a directory without a web UI",
            """
            webUi: false
            storageClass: gatehouse-homes
            storage: 20Gi
            imagePullSecrets: [registry]
            images: {directory: 'registry.example.com/gatehouse-directory:1.2.3'}
            backup: {schedule: 0 4 * * 0, keep: 3, storage: 1Gi}
            """));
  }

  /** All that this project deploys. */
  static Stream<Rendered> everything() {
    return Stream.concat(all(), ofTheDirectory());
  }

  /** Each way in which the values that add or change objects can stand beside each other. */
  static Stream<Rendered> combinations() {
    return Stream.of(foundations(), gateways(), directories()).flatMap(c -> c);
  }

  private static Stream<Rendered> foundations() {
    return Values.product(
            """
            loadBalancer: %s
            workspaces: {root: %s, portForward: %s}
            network: {ipv6: %s, private: %s, allow: %s}
            storageClasses: %s
            awsRoles: %s
            """,
            new String[] {"none", "aws"},
            new String[] {"false", "true"},
            new String[] {"false", "true"},
            new String[] {"false", "true"},
            new String[] {"[]", "[203.0.113.0/24, '2001:db8::/32']"},
            new String[] {"[]", "[{name: a, cidr: 10.0.0.1/32, ports: [1]}]"},
            new String[] {"{}", "{homes: {provisioner: a, snapshotDriver: a}}"},
            new String[] {"{}", "{gpu: 'arn:aws:iam::123456789012:role/gpu'}"})
        .map(values -> new Rendered("foundation " + values, Chart.FOUNDATION.render(values)));
  }

  private static Stream<Rendered> gateways() {
    return Values.product(
            "gateway: {replicas: %s, service: {%s}}\noperator: {enabled: %s}\n"
                + "imagePullSecrets: %s\nimages: {gateway: '%s'}",
            new String[] {"1", "2"},
            new String[] {
              "type: LoadBalancer",
              "type: LoadBalancer, nodePort: 30022, sourceRanges: [192.0.2.0/24]",
              "type: NodePort, nodePort: 30022, annotations: {a: b}",
              "type: ClusterIP, nodePort: 30022, sourceRanges: [192.0.2.0/24]",
              "loadBalancer: aws, scheme: internal, sourceRanges: [192.0.2.0/24]"
            },
            new String[] {"false", "true"},
            new String[] {"[]", "[registry]"},
            new String[] {"", "registry.example.com/gatehouse-gateway:1.2.3"})
        .map(values -> new Rendered("gatehouse " + values, Chart.GATEHOUSE.render(values)));
  }

  private static Stream<Rendered> directories() {
    return Values.product(
            "servers: %s\nwebUi: %s\nrestore: {enabled: %s}\nstorageClass: '%s'\n"
                + "imagePullSecrets: %s",
            new String[] {"1", "2"},
            new String[] {"false", "true"},
            new String[] {"false", "true"},
            new String[] {"", "fast"},
            new String[] {"[]", "[registry]"})
        .map(values -> new Rendered("directory " + values, Chart.DIRECTORY.render(values)));
  }

  /** Whatever makes pods: a Deployment, a StatefulSet, a Job, … */
  Stream<PodMaker> podMakers() {
    return manifests.objects().stream().flatMap(object -> PodMaker.of(object).stream());
  }

  JsonNode gateway() {
    return manifests.named("Deployment", Chart.NAMESPACE, "gatehouse");
  }

  JsonNode container() {
    return gateway().at("/spec/template/spec/containers/0");
  }

  /** What a site's gateway reads: one of the examples, since the definition is in no chart. */
  ClusterDefinition definition() {
    var example = name.equals("on AWS") ? "lab-of-five-on-aws.yaml" : "laptop.yaml";
    return ClusterDefinitionFile.parse(
        example, Manifests.read(Path.of("..", "config", "examples", example)));
  }

  @Override
  public String toString() {
    return name.replace('\n', ' ');
  }
}
