package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.testkit.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterAccessTest {
  @TempDir Path folder;

  @Test
  void connect_noClusterIsNamed_saysWhatWasLookedForAndWhatElseThereIs() {
    var refusal = catchThrowableOfType(UserError.class, () -> access(Map.of()).connect());
    assertThat(refusal.exit()).isEqualTo(ExitCode.CONFIG);
    assertThat(refusal.text())
        .contains("no pod with a service account")
        .contains(folder + "/.kube/config")
        .contains("KUBECONFIG")
        .contains("gatehouse try");
  }

  @Test
  void connect_kubeconfigIsNotThere_saysWhich() {
    var missing = folder.resolve("missing").toString();
    var refusal =
        catchThrowableOfType(
            UserError.class, () -> access(Map.of("KUBECONFIG", missing)).connect());
    assertThat(refusal.exit()).isEqualTo(ExitCode.NOINPUT);
    assertThat(refusal.text()).contains(missing);
  }

  @Test
  void ownNamespace_inAPod_isThePods() throws IOException {
    Files.createDirectory(folder.resolve("account"));
    Folders.write(folder.resolve("account/namespace"), "platform");
    assertThat(access(Map.of()).ownNamespace()).isEqualTo("platform");
  }

  @Test
  void ownNamespace_outsideOfACluster_isGatehouse() {
    assertThat(access(Map.of()).ownNamespace()).isEqualTo("gatehouse");
  }

  private ClusterAccess access(Map<String, String> environment) {
    return new ClusterAccess(environment, folder.resolve("account"), folder);
  }
}
