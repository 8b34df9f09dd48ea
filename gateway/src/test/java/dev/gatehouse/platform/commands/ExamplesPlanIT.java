package dev.gatehouse.platform.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.aws.AwsAccounts;
import dev.gatehouse.platform.PlatformFixture;
import dev.gatehouse.platform.helm.Helms;
import dev.gatehouse.testkit.aws.AwsServer;
import dev.gatehouse.testkit.aws.FakeCloudFormation;
import dev.gatehouse.testkit.aws.FakeClusters;
import dev.gatehouse.testkit.aws.FakeSts;
import dev.gatehouse.testkit.aws.FakeVpc;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.eks.model.VersionStatus;

/** What a site copies from {@code config/examples} is planned with the charts that are shipped. */
final class ExamplesPlanIT {
  private final PlatformFixture fixture = new PlatformFixture();
  private final FakeClusters clusters =
      new FakeClusters(() -> String.valueOf(fixture.client.getMasterUrl()));
  private final AwsServer server =
      AwsServer.start(
          new FakeSts(), new FakeCloudFormation(fixture::instant), clusters, new FakeVpc());
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterEach
  void close() {
    server.close();
    fixture.close();
  }

  static Stream<Path> examples() throws IOException {
    try (var files = Files.list(Path.of("../config/examples"))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void plan_example_createsAllOfIt_andRefusesNothing(Path example) {
    clusters.version("1.35", VersionStatus.STANDARD_SUPPORT, Instant.parse("2027-03-27T00:00:00Z"));
    try (var site = site()) {
      assertThat(
              new PlanCommand(new PlatformOptions(example, Path.of("../k8s")), false)
                  .run(site, screen()))
          .isEqualTo(PlanCommand.CHANGES);
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "  + Deployment gatehouse/gatehouse\n", "  + Deployment gatehouse/gatehouse-operator\n")
        .containsPattern("\\d+ to create, 0 to change, 0 to replace, 0 to delete\\.")
        .doesNotContain("refused:");
    if (example.toString().contains("aws")) {
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains("  + AWS::EKS::Cluster gatehouse-lab-cluster/EksCluster\n");
    }
  }

  private Site site() {
    return new Site(
        new AwsAccounts((_, account) -> server.aws(account)),
        fixture.server::client,
        (client, aws) ->
            new Workbench(
                client,
                Helms.open(client, Optional.empty()),
                aws,
                _ -> fixture.store,
                fixture,
                fixture::pause),
        () -> Helms.renderer(Optional.empty()),
        fixture,
        fixture::pause);
  }

  private Screen screen() {
    return new Screen(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new BufferedReader(new StringReader("")),
        false);
  }
}
