package dev.gatehouse.service;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Result;
import dev.gatehouse.testkit.TargetFixture;
import dev.gatehouse.testkit.kubernetes.KubernetesTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** As ServiceTunnelIT, with a workspace that is a pod, and the toolbox's program in it. */
class ServiceInPodIT {
  private static final int PORT = Ports.free();

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () ->
              KubernetesTarget.start(
                  """
                  , services: {web: {command: 'echo started >> starts;
                  exec python3 -m http.server %d --bind 127.0.0.1', port: %1$d,
                  tokenVariable: WEB_TOKEN, path: '/?{token}'}}\
                  """
                      .formatted(PORT)));

  private static Result get(Laptop laptop) {
    return laptop.openssh("-W", "localhost:" + PORT, HOST).run("GET / HTTP/1.0\r\n\r\n");
  }

  @Test
  void tunnel_intoAPod_startsTheServiceOnceAndAgainAfterAStop(Laptop laptop) {
    assertThat(get(laptop).ok().stdout()).startsWith("HTTP/1.0 200 OK");
    assertThat(get(laptop).ok().stdout()).startsWith("HTTP/1.0 200 OK");
    assertThat(starts(laptop)).isEqualTo(1);
    assertThat(laptop.ssh("gate service list").ok().stdout()).contains("web\trunning\t");
    assertThat(laptop.ssh("gate service open web").ok().stdout())
        .containsPattern("\\?[0-9a-f]{48}");

    assertThat(laptop.ssh("gate service stop web").ok().stdout())
        .isEqualTo("Service web is stopped.\n");
    assertThat(get(laptop).ok().stdout()).startsWith("HTTP/1.0 200 OK");
    assertThat(starts(laptop)).isEqualTo(2);
  }

  private static long starts(Laptop laptop) {
    return Folders.read(laptop.target().home().resolve("starts")).lines().count();
  }
}
