package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.kubernetes.ApiServer.Access;
import dev.gatehouse.testkit.kubernetes.WholeLife;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Roles allow what the gateway asks an API server for, and no more. A verb that is missing is
 * found here, and not by the first person whose workspace does not start; one that nobody uses is
 * what a thief of the gateway's token would have for nothing.
 */
final class RightsOfTheCodeIT {
  private static final Rights RIGHTS =
      Rights.of(Rendered.shipped().manifests(), "gatehouse", "gatehouse");

  private static List<Access> used = List.of();

  @BeforeAll
  static void live(@TempDir Path keys) throws IOException {
    used = new ArrayList<>(WholeLife.accesses());
    used.addAll(GatewayLife.accesses(keys));
  }

  @Test
  void ask_wholeLife_isAllowed() {
    assertThat(RIGHTS.missing(used)).isEmpty();
  }

  @Test
  void ask_wholeLife_usesEveryRight() {
    assertThat(RIGHTS.unused(used)).isEmpty();
  }
}
