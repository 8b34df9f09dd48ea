package dev.gatehouse.platform.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.deploy.GatewayLife;
import dev.gatehouse.testkit.kubernetes.ApiServer.Access;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.testkit.kubernetes.WholeLife;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A right that the doctor does not ask for is one whose lack it does not find. */
final class GatewayRightsTest {
  @Test
  void rights_thatTheDoctorAsksFor_areAllThatTheCodeUses(@TempDir Path folder) throws IOException {
    var used = new ArrayList<>(WholeLife.accesses());
    used.addAll(GatewayLife.accesses(folder));
    var asked = GatewayRights.of(KubernetesCluster.NAMESPACE, "gatehouse");
    assertThat(used)
        .isNotEmpty()
        .allMatch(access -> asked.stream().anyMatch(right -> isOf(right, access)));
  }

  /** Of the Secrets of second factors, and of the months, one stands for all. */
  private static boolean isOf(GatewayRights.Right right, Access access) {
    return right.verb().equals(access.verb())
        && right.group().equals(access.group())
        && right.resource().equals(access.resource())
        && right.namespace().equals(access.namespace())
        && (right.name().isEmpty() || right.name().equals(oneOf(access.name())));
  }

  private static String oneOf(String name) {
    return name.replaceFirst("factors-\\d+", "factors-00").replaceFirst("usage-\\d+", "usage-01");
  }
}
