package dev.gatehouse.cost;

import dev.gatehouse.cluster.Hardware;
import dev.gatehouse.cluster.Pool;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.nodes.Amount;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a workspace of a machine type costs for an hour, before anybody knows its node. */
public final class TypePrice {
  private TypePrice() {}

  /**
   * Returns the most that it may be: of the pool's instance types the dearest counts, and a pool
   * that does not say how large its nodes are may have one that the workspace fills. Empty for a
   * machine type without a pool, and where no price is known.
   */
  public static Optional<BigDecimal> most(
      Hardware hardware, Map<PoolName, Pool> pools, PriceList prices) {
    return hardware
        .pool()
        .flatMap(name -> Optional.ofNullable(pools.get(name)))
        .flatMap(pool -> dearest(pool, prices).map(price -> price.multiply(share(hardware, pool))));
  }

  private static Optional<BigDecimal> dearest(Pool pool, PriceList prices) {
    var types = pool.instanceTypes().isEmpty() ? Stream.of("") : pool.instanceTypes().stream();
    return types
        .flatMap(type -> prices.of(new NodeKind(pool.name().value(), type, pool.spot())).stream())
        .max(BigDecimal::compareTo);
  }

  private static BigDecimal share(Hardware hardware, Pool pool) {
    if (pool.cpu().isEmpty() || pool.memory().isEmpty()) {
      return BigDecimal.ONE;
    }
    var share =
        Share.of(
            new Amount(
                hardware.cpu().millicores(),
                hardware.memory().bytes(),
                gpus(hardware.gpuResource(), hardware.gpus())),
            new Amount(
                pool.cpu().get().millicores(),
                pool.memory().get().bytes(),
                gpus(pool.gpuResource(), pool.gpus())));
    return BigDecimal.valueOf(share).divide(BigDecimal.valueOf(Share.WHOLE));
  }

  private static Map<String, Long> gpus(String resource, int gpus) {
    return gpus == 0 ? Map.of() : Map.of(resource, (long) gpus);
  }
}
