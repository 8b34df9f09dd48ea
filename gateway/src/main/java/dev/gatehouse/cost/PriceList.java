package dev.gatehouse.cost;

import dev.gatehouse.cluster.CostSettings.NodePrice;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * What one node costs for an hour. The definition wins over what a cloud tells, and in the
 * definition an instance type over a pool, each price by itself: a definition that says only what a
 * type costs on demand leaves its spot price to the cloud.
 *
 * @param said in the definition, by instance type or pool
 * @param told by the cloud, by instance type
 */
public record PriceList(Map<String, NodePrice> said, Map<String, ToldPrice> told) {

  /** Empty if nobody knows it; a spot node is never priced as one on demand. */
  public Optional<BigDecimal> of(NodeKind node) {
    return said(node.instanceType(), node.spot())
        .or(() -> said(node.pool(), node.spot()))
        .or(
            () ->
                Optional.ofNullable(told.get(node.instanceType()))
                    .flatMap(price -> node.spot() ? price.spot() : price.onDemand()));
  }

  private Optional<BigDecimal> said(String nodes, boolean spot) {
    return Optional.ofNullable(said.get(nodes))
        .flatMap(price -> spot ? price.spot() : price.onDemand());
  }
}
