package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.MachineType;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The story: two gateways and the directory asked for 1150 millicores, so that a node of two cores
 * had no room for one default workspace, nor for the third gateway of a rollout.
 */
final class LaptopIT {
  /** Two cores, less what a cluster of kind asks for itself. */
  private static final BigDecimal CPU = new Quantity("1050m").getNumericalAmount();

  /** Of a laptop with 8 GiB, whose cluster has them all but 2. */
  private static final BigDecimal MEMORY = new Quantity("6Gi").getNumericalAmount();

  @Test
  void request_platformInARolloutAndAWorkspace_fitTwoCores() {
    var gateways = Rendered.shipped();
    var workspace = gateways.definition().machineTypes().values().iterator().next();
    assertThat(sum(gateways, "cpu").add(amount(workspace.hardware().cpu().text())))
        .isLessThanOrEqualTo(CPU);
    assertThat(sum(gateways, "memory").add(amount(memory(workspace)))).isLessThanOrEqualTo(MEMORY);
  }

  /** Of the directory, and of the gateways while one more than usual runs. */
  private static BigDecimal sum(Rendered gateways, String resource) {
    return asked(Rendered.directory(), resource, PodMaker::replicas)
        .add(asked(gateways, resource, maker -> maker.replicas() + maker.surge()));
  }

  private static BigDecimal asked(
      Rendered rendered, String resource, ToIntFunction<PodMaker> replicas) {
    return rendered
        .podMakers()
        .filter(maker -> !maker.isJob())
        .map(
            maker ->
                asked(maker, resource).multiply(BigDecimal.valueOf(replicas.applyAsInt(maker))))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal asked(PodMaker maker, String resource) {
    List<String> asked =
        maker.containers().map(c -> c.at("/resources/requests/" + resource).asString("")).toList();
    assertThat(asked).as(maker.toString()).isNotEmpty().doesNotContain("");
    return asked.stream().map(LaptopIT::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static String memory(MachineType type) {
    return type.hardware().memory().text();
  }

  private static BigDecimal amount(String quantity) {
    return new Quantity(quantity).getNumericalAmount();
  }

  /** The check itself. */
  @ParameterizedTest
  @ValueSource(strings = {"cpu", "memory"})
  void request_platform_isSomething(String resource) {
    assertThat(Stream.of(sum(Rendered.shipped(), resource))).allMatch(sum -> sum.signum() > 0);
  }
}
