package dev.gatehouse.directory.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import dev.gatehouse.deploy.Chart;
import dev.gatehouse.testkit.BuiltImage;
import dev.gatehouse.testkit.BuiltImages;
import dev.gatehouse.testkit.ContainerSpec;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.PodNetwork;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Runc;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images, run as the manifests say: an ordinary user, a root that cannot be written to. */
final class DirectoryImagesIT {
  private static final String HOST = "directory-0";

  @TempDir Path folder;

  @BeforeEach
  void require() {
    Runc.require();
  }

  private static String document(String kind) {
    return Chart.DIRECTORY.documents("{}").stream()
        .filter(object -> object.contains("\"kind\":\"%s\"".formatted(kind)))
        .findFirst()
        .orElseThrow();
  }

  /** With these host folders as volumes, by name; all others are empty ones. */
  private ContainerSpec container(
      BuiltImage image, PodSpec pod, PodNetwork network, Map<String, Path> volumes) {
    var described = pod.getContainers().getFirst();
    var uid = pod.getSecurityContext().getRunAsUser().intValue();
    var spec =
        ContainerSpec.of(image)
            .as(uid, pod.getSecurityContext().getRunAsGroup().intValue(), List.of())
            .withReadOnlyRoot()
            .joining(network.path())
            .named(HOST)
            .mounting(hosts(network), "/etc/hosts", true);
    for (var variable : described.getEnv()) {
      spec = spec.with(variable.getName(), variable.getValue());
    }
    for (var mount : described.getVolumeMounts()) {
      var readOnly = Boolean.TRUE.equals(mount.getReadOnly());
      var volume = volumes.get(mount.getName());
      spec =
          spec.mounting(
              volume == null ? empty(mount, uid) : volume, mount.getMountPath(), readOnly);
    }
    return spec;
  }

  /** As a kubelet writes it; else a pod would ask for its own name, and wait. */
  private Path hosts(PodNetwork network) {
    return Folders.write(
        folder.resolve("hosts"), "127.0.0.1 localhost\n%s %s\n".formatted(network.address(), HOST));
  }

  private Path empty(VolumeMount mount, int uid) {
    try {
      var volume = Files.createDirectory(folder.resolve("volume-" + mount.getName()));
      give(volume, uid);
      return volume;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void give(Path path, int uid) {
    Program.in(folder, List.of("chown", "-R", uid + ":" + uid, path.toString())).run().ok();
  }

  @Test
  void directory_asTheStatefulSetRunsIt_answersAndKeepsPeople() throws Exception {
    var home = SlapdHome.in(folder);
    var pod =
        Serialization.unmarshal(document("StatefulSet"), StatefulSet.class)
            .getSpec()
            .getTemplate()
            .getSpec();
    var secrets = folder.resolve("secrets");
    var volumes =
        Map.of(
            "data", folder.resolve("data"),
            "tls", folder.resolve("tls"),
            "services", secrets.resolve("services"),
            "administrator", secrets.resolve("administrator"));
    give(folder.resolve("data"), pod.getSecurityContext().getRunAsUser().intValue());
    try (var network = PodNetwork.create()) {
      var spec = container(BuiltImages.directory(), pod, network, volumes);
      try (var container = Runc.start(spec)) {
        awaitPeople(container);
        try (var gateway = connect(network.address(), home)) {
          Entries.addPerson(gateway, "bob", 20001);
        }
        container.kill("TERM");
        assertThat(container.await().exit()).isZero();
      }
      try (var container = Runc.start(spec)) {
        awaitPeople(container);
        try (var gateway = connect(network.address(), home)) {
          assertThat(Entries.values(gateway, Entries.person("bob"), "uid")).containsExactly("bob");
        }
      }
    }
  }

  private static void awaitPeople(Runc container) {
    Poll.until(
        () -> container.exec("/directory/bin/answers", "people").run() + "\n" + container.stderr(),
        Poll.PATIENCE,
        () -> container.exec("/directory/bin/answers", "people").run().exit() == 0);
  }

  /** The certificate is for names that only a cluster has. */
  private static LDAPConnection connect(String address, SlapdHome home) throws Exception {
    var sockets = new SSLUtil(new PEMFileTrustManager(home.ca().toFile())).createSSLSocketFactory();
    var connection = new LDAPConnection(sockets, address, 1636);
    connection.bind("cn=gateway,cn=services", home.password("gateway"));
    return connection;
  }

  @Test
  void ldapUi_asTheDeploymentRunsIt_asksToLogIn() throws Exception {
    var home = SlapdHome.in(folder);
    var pod =
        Serialization.unmarshal(document("Deployment"), Deployment.class)
            .getSpec()
            .getTemplate()
            .getSpec();
    var password = Files.createDirectory(folder.resolve("password"));
    Files.writeString(password.resolve("ldap-ui"), home.password("ldap-ui"));
    var volumes = Map.of("password", password, "ca", folder.resolve("tls"));
    try (var network = PodNetwork.create();
        var container = Runc.start(container(BuiltImages.ldapUi(), pod, network, volumes));
        var client = HttpClient.newHttpClient()) {
      var page = URI.create("http://%s:8080/templates/login.php".formatted(network.address()));
      Poll.until(
          () -> container.stdout() + container.stderr(),
          Poll.PATIENCE,
          () ->
              client
                  .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                  .body()
                  .contains("id=\"username\""));
      container.kill("TERM");
      assertThat(container.await().exit()).isZero();
    }
  }
}
