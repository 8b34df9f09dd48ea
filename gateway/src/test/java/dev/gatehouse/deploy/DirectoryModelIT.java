package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The directory's chart, which a site installs by itself. */
final class DirectoryModelIT {
  private static final String ALL = "dev.gatehouse.deploy.Rendered#ofTheDirectory";

  @ParameterizedTest
  @MethodSource(ALL)
  void render_directory_hasKnownFieldsOnlyAndOneNamespace(Rendered rendered) {
    var objects = rendered.manifests().objects();
    assertThat(objects).isNotEmpty();
    assertThat(objects).flatMap(StrictModel::unknown).isEmpty();
    assertThat(objects).extracting(Manifests::namespace).containsOnly("gatehouse");
  }

  @Test
  void render_servers_areAsManyAsTheUiAsks() {
    servers(Rendered.directory(), 1);
    servers(Rendered.mirroredDirectory(), 2);
  }

  private static void servers(Rendered rendered, int count) {
    var manifests = rendered.manifests();
    var servers = manifests.named("StatefulSet", "gatehouse", "directory");
    var asked =
        manifests
            .named("Deployment", "gatehouse", "ldap-ui")
            .at("/spec/template/spec/containers/0/env/0/value")
            .asString();
    assertThat(servers.at("/spec/replicas").asInt()).isEqualTo(count);
    assertThat(asked.split(" ", -1)).hasSize(count);
  }
}
