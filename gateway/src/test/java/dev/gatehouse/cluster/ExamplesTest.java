package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gatehouse.cluster.GatewayDeployment.LoadBalancer;
import dev.gatehouse.name.MachineTypeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code config/examples}: what a site copies must be sound as it stands. */
final class ExamplesTest {
  private static final Path CONFIG = Path.of("../config");

  /** What the cluster autoscaler grants a pod, less a margin for the end itself. */
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(600 - 30);

  static Stream<Path> examples() throws IOException {
    try (var files = Files.list(CONFIG.resolve("examples"))) {
      return files.sorted().toList().stream();
    }
  }

  private static CheckedDefinition read(Path example) throws IOException {
    return ClusterDefinitionFile.check(example.toString(), Files.readString(example));
  }

  private static CheckedDefinition read(String name) throws IOException {
    return read(CONFIG.resolve("examples").resolve(name));
  }

  @Test
  void examples_areOfTheSitesThatWeKnow() throws IOException {
    assertThat(examples().map(e -> e.getFileName().toString()))
        .containsExactly(
            "class-of-200.yaml", "lab-of-five-on-aws.yaml", "laptop.yaml", "on-premises-gpu.yaml");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void check_example_hasNoMistakeAndNoWarning(Path example) throws IOException {
    assertThat(read(example).warnings()).isEmpty();
  }

  /** An editor finds the schema by the first line. */
  @ParameterizedTest
  @MethodSource("examples")
  void schema_example_isValidAndNamed(Path example) throws IOException {
    var text = Files.readString(example);
    assertThat(text).startsWith("# yaml-language-server: $schema=../cluster.schema.json\n");
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                    Files.readString(CONFIG.resolve("cluster.schema.json")), InputFormat.JSON)
                .validate(text, InputFormat.YAML))
        .isEmpty();
  }

  /** A pod that listens on 127.0.0.1 is reached by nobody. */
  @ParameterizedTest
  @MethodSource("examples")
  void read_example_isReachedFromOutsideOfItsPod(Path example) throws IOException {
    var gateway = read(example).definition().gateway();
    assertThat(gateway.host()).isEqualTo("0.0.0.0");
    assertThat(gateway.drain().accept().plus(gateway.drain().limit()))
        .isLessThanOrEqualTo(LONGEST_DRAIN);
    assertThat(!gateway.proxyProtocolFrom().isEmpty())
        .isEqualTo(gateway.deployment().service().loadBalancer() == LoadBalancer.AWS);
  }

  /** Somebody can log in, and every class that is named is made. */
  @ParameterizedTest
  @MethodSource("examples")
  void read_example_isComplete(Path example) throws IOException {
    var definition = read(example).definition();
    assertThat(definition.directory().ldap()).isPresent();
    var classes = definition.kubernetes().foundation().storageClasses();
    definition
        .kubernetes()
        .homes()
        .storageClass()
        .ifPresent(name -> assertThat(classes).containsKey(name));
    assertThat(definition.machineTypes().values())
        .allSatisfy(
            type ->
                assertThat(type.hardware().pool().isPresent())
                    .isEqualTo(!definition.pools().isEmpty()));
  }

  @Test
  void read_classOf200_hasRoomForAllOfThemAtATime() throws IOException {
    var definition = read("class-of-200.yaml").definition();
    var quota = definition.kubernetes().foundation().quota();
    var machine = definition.defaultType().hardware();
    var pool = definition.pools().firstEntry().getValue();
    assertThat(quota.pods()).isGreaterThanOrEqualTo(200);
    assertThat(quota.cpu().millicores()).isGreaterThanOrEqualTo(200 * machine.cpu().millicores());
    assertThat(quota.memory().bytes()).isGreaterThanOrEqualTo(200 * machine.memory().bytes());
    assertThat(pool.min() * pool.cpu().orElseThrow().millicores())
        .isGreaterThanOrEqualTo(200 * machine.cpu().millicores());
    assertThat(pool.min() * pool.memory().orElseThrow().bytes())
        .isGreaterThanOrEqualTo(200 * machine.memory().bytes());
    assertThat(definition.limits().perSourceMaxStartups()).isGreaterThanOrEqualTo(200);
  }

  @Test
  void read_onPremisesGpu_sharesByLikeness() throws IOException {
    var types = read("on-premises-gpu.yaml").definition().machineTypes();
    var gpu8 = Objects.requireNonNull(types.get(new MachineTypeName("gpu8")));
    assertThat(gpu8.hardware().volumes()).hasSize(3);
    assertThat(gpu8.environment()).containsEntry("OMP_NUM_THREADS", "96").containsKey("HF_HOME");
  }
}
