package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The directory's manifests, which a site applies by themselves. */
final class DirectoryModelIT {
  @ParameterizedTest
  @ValueSource(strings = {"directory", "directory/restore", "overlays/directory-mirror"})
  void render_directory_hasKnownFieldsOnlyAndOneNamespace(String folder) {
    var objects = Rendered.of(folder).manifests().objects();
    assertThat(objects).isNotEmpty();
    assertThat(objects).flatMap(StrictModel::unknown).isEmpty();
    assertThat(objects).extracting(Manifests::namespace).containsOnly("gatehouse");
  }

  @ParameterizedTest
  @CsvSource({"directory, 1", "overlays/directory-mirror, 2"})
  void render_servers_areAsManyAsTheUiAsks(String folder, int count) {
    var manifests = Rendered.of(folder).manifests();
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
