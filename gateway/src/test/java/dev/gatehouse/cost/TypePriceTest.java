package dev.gatehouse.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.name.MachineTypeName;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TypePriceTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "whole, 8", // the dearer of two instance types, all of it
        "half, 4", // two of four GPUs
        "spot, 2.5",
        "rack, 3", // the pool's own price; how large its nodes are is not said
        "unpriced, -",
        "anywhere, -"
      })
  void most_ofAMachineType_isTheMostItMayBe(String type, BigDecimal price) {
    var definition =
        ClusterDefinitionFile.parse(
            "cluster.yaml",
            """
            workspaces: {defaultType: anywhere}
            pools:
              gpu: {instanceTypes: [g5.xlarge, g6.xlarge], cpu: 16, memory: 64Gi, gpus: 4}
              cheap: {instanceTypes: [g6.xlarge], spot: true}
              rack: {}
              bare: {}
            costs:
              prices:
                g5.xlarge: {onDemand: 6}
                g6.xlarge: {onDemand: 8, spot: 2.5}
                rack: {onDemand: 3}
            machineTypes:
              whole: {pool: gpu, gpus: 4}
              half: {pool: gpu, gpus: 2}
              spot: {pool: cheap}
              rack: {pool: rack}
              unpriced: {pool: bare}
              anywhere: {}
            """);
    var found =
        TypePrice.most(
            Objects.requireNonNull(definition.machineTypes().get(new MachineTypeName(type)))
                .hardware(),
            definition.pools(),
            new PriceList(definition.costs().prices(), Map.of()));
    if (price == null) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found.orElseThrow()).isEqualByComparingTo(price);
    }
  }
}
