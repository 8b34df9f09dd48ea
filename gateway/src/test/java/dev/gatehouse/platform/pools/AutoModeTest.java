package dev.gatehouse.platform.pools;

import static dev.gatehouse.platform.pools.PoolFixture.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.nodes.PoolDifference;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What EKS Auto Mode has otherwise than Karpenter. */
final class AutoModeTest {
  private final PoolFixture fixture = new PoolFixture().withAutoMode();
  private final Karpenter engine = fixture.engine(Provisioner.AUTO_MODE);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void apply_pool_refersToTheNodeClassOfAutoMode() throws InterruptedException {
    engine.apply(pool("cpu: 8, max: 2"), _ -> {});

    assertThat(fixture.nodePool().tree().toString())
        .contains("group=eks.amazonaws.com", "kind=NodeClass", "name=default")
        .contains("eks.amazonaws.com/instance-cpu");
  }

  @Test
  void apply_disk_isTheEphemeralStorageOfACopy() throws InterruptedException {
    engine.apply(pool("disk: 300Gi"), _ -> {});

    assertThat(fixture.get("eks.amazonaws.com/v1", "NodeClass", "gatehouse-gpu").spec())
        .containsEntry("ephemeralStorage", Map.of("size", "300Gi", "iops", 3000))
        .containsEntry("role", "AmazonEKSAutoNodeRole");
    assertThat(engine.differences(pool("disk: 300Gi"), engine.look(pool("")))).isEmpty();
  }

  @Test
  void differences_image_isRefused() {
    assertThat(engine.differences(pool("image: AL2023_x86_64_STANDARD"), engine.look(pool(""))))
        .first()
        .extracting(PoolDifference::refusal)
        .asString()
        .contains("EKS Auto Mode chooses the image of its nodes itself");
  }
}
