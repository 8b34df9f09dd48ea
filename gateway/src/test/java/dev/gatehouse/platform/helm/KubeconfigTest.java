package dev.gatehouse.platform.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KubeconfigTest {
  private final Path folder = Folders.temporary();

  @AfterEach
  void delete() {
    Folders.delete(folder);
  }

  @Test
  void of_inPod_namesTheTokensFile() {
    Folders.write(folder.resolve("token"), "secret-of-now\n");
    Folders.write(folder.resolve("ca.crt"), "…");
    var config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("https://10.0.0.1:443/")
            .withCaCertFile(folder.resolve("ca.crt").toString())
            .withAutoOAuthToken("secret-of-now")
            .build();
    var kubeconfig = Kubeconfig.of(config);
    assertThat(kubeconfig.user().getTokenFile()).isEqualTo(folder.resolve("token").toString());
    assertThat(kubeconfig.cluster().getServer()).isEqualTo("https://10.0.0.1:443");
    assertThat(kubeconfig.cluster().getCertificateAuthority())
        .isEqualTo(folder.resolve("ca.crt").toString());
    assertThat(kubeconfig.text()).doesNotContain("secret-of-now");
  }

  @Test
  void of_tokenOfAnother_besideAFile_isThatToken() {
    Folders.write(folder.resolve("token"), "of the service account");
    Folders.write(folder.resolve("ca.crt"), "…");
    var config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("https://10.0.0.1/")
            .withCaCertFile(folder.resolve("ca.crt").toString())
            .withOauthToken("given")
            .build();
    assertThat(Kubeconfig.of(config).user())
        .returns("given", u -> u.getToken())
        .returns(null, u -> u.getTokenFile());
  }

  @Test
  void of_userWithExec_isPassedOnUnchanged() {
    var user = Kubeconfig.of(config("cloud")).user();
    assertThat(user.getExec().getCommand()).isEqualTo(folder.resolve("bin/login").toString());
    assertThat(user.getExec().getArgs()).containsExactly("get-token", "--cluster", "lab");
    assertThat(user.getExec().getEnv().getFirst().getName()).isEqualTo("PROFILE");
    assertThat(user.getToken()).as("what that program printed").isNull();
  }

  @Test
  void of_otherContext_isThatCluster() {
    var kubeconfig = Kubeconfig.of(config("plain"));
    assertThat(kubeconfig.cluster().getServer()).isEqualTo("https://plain.example.com/");
    assertThat(kubeconfig.cluster().getCertificateAuthority())
        .isEqualTo(folder.resolve("plain.crt").toString());
    assertThat(kubeconfig.cluster().getProxyUrl()).isEqualTo("socks5://proxy.example.com");
    assertThat(kubeconfig.user().getTokenFile()).isEqualTo(folder.resolve("token").toString());
  }

  @Test
  void text_isAKubeconfig() {
    var read =
        Serialization.unmarshal(
            Kubeconfig.of(config("plain")).text(), io.fabric8.kubernetes.api.model.Config.class);
    assertThat(read.getCurrentContext()).isEqualTo(read.getContexts().getFirst().getName());
    assertThat(read.getClusters()).hasSize(1);
    assertThat(read.getUsers()).hasSize(1);
  }

  /** The masterUrl wins over the file: what the client talks to is what Helm must talk to. */
  @Test
  void of_clientThatWasToldOfAnotherServer_isThatServer() {
    var config =
        new ConfigBuilder(config("plain")).withMasterUrl("https://other.example.com/").build();
    assertThat(Kubeconfig.of(config).cluster().getServer()).isEqualTo("https://other.example.com");
  }

  private Config config(String context) {
    Folders.write(folder.resolve("token"), "t");
    Folders.write(folder.resolve("plain.crt"), "");
    assertThat(folder.resolve("bin").toFile().mkdir()).isTrue();
    var login = folder.resolve("bin/login");
    Folders.write(
        login,
        """
        #!/bin/sh
        echo '{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",
               "status": {"token": "of-the-cloud"}}'
        """);
    login.toFile().setExecutable(true);
    var file = folder.resolve("kubeconfig");
    Folders.write(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: cloud
        clusters:
          - {name: lab, cluster: {server: "https://lab.example.com"}}
          - name: plain
            cluster: {server: "https://plain.example.com/", certificate-authority: plain.crt, proxy-url: "socks5://proxy.example.com"}
        users:
          - name: ada
            user:
              exec:
                apiVersion: client.authentication.k8s.io/v1
                command: bin/login
                args: [get-token, --cluster, lab]
                env: [{name: PROFILE, value: lab}]
                interactiveMode: Never
          - {name: file, user: {tokenFile: token}}
        contexts:
          - {name: cloud, context: {cluster: lab, user: ada}}
          - {name: plain, context: {cluster: plain, user: file}}
        """);
    return Config.fromKubeconfig(context, file.toFile());
  }
}
