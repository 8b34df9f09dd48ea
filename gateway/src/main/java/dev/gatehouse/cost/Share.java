package dev.gatehouse.cost;

import dev.gatehouse.nodes.Amount;
import java.math.BigInteger;
import java.util.Map;

/**
 * How much of a node a pod has, in millionths of the node: the largest of its shares of processor,
 * memory and each kind of device, by what it requests and what the node has to give. A pod that
 * requests all GPUs of a node and little else has the whole node, since nobody else can use the
 * rest as it was meant.
 */
public final class Share {
  public static final long WHOLE = 1_000_000;

  private Share() {}

  /** Returns from 0 to {@link #WHOLE}. */
  public static long of(Amount requested, Amount allocatable) {
    var share =
        Math.max(
            part(requested.millicores(), allocatable.millicores()),
            part(requested.memoryBytes(), allocatable.memoryBytes()));
    for (Map.Entry<String, Long> device : requested.devices().entrySet()) {
      share =
          Math.max(
              share,
              part(device.getValue(), allocatable.devices().getOrDefault(device.getKey(), 0L)));
    }
    return share;
  }

  /**
   * Returns the share of one of several pods of a node. Pods that fit together may still have
   * shares that are more than the node together, one by its processor and one by its memory: then
   * each pays its part of the node.
   *
   * @param all of the shares on the node together, this one included
   */
  public static long ofTogether(long share, long all) {
    return all <= WHOLE ? share : Math.multiplyExact(share, WHOLE) / all;
  }

  private static long part(long of, long whole) {
    if (of <= 0) {
      return 0;
    }
    return whole <= of
        ? WHOLE
        : BigInteger.valueOf(of)
            .multiply(BigInteger.valueOf(WHOLE))
            .divide(BigInteger.valueOf(whole))
            .longValueExact();
  }
}
