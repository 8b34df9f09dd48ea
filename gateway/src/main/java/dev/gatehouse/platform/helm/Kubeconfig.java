package dev.gatehouse.platform.helm;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ClusterBuilder;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells Helm of the cluster that a client of fabric8's talks to, and as whom. Helm takes a
 * kubeconfig and nothing else.
 *
 * <ul>
 *   <li>In a pod the token is named by its file, because Kubernetes replaces it within the hour.
 *   <li>A user of the person's kubeconfig is copied as it stands there, so that Helm itself runs
 *       the program of {@code exec}, or reads the token's file.
 *   <li>All else is what the client was given: its token or certificate.
 * </ul>
 */
record Kubeconfig(Cluster cluster, AuthInfo user) {
  private static final String NAME = "gatehouse";

  static Kubeconfig of(Config config) {
    return inPod(config).or(() -> ofPerson(config)).orElseGet(() -> ofFields(config));
  }

  String text() {
    return Serialization.asJson(
        new ConfigBuilder()
            .withApiVersion("v1")
            .withKind("Config")
            .addNewCluster()
            .withName(NAME)
            .withCluster(cluster)
            .endCluster()
            .addNewUser()
            .withName(NAME)
            .withUser(user)
            .endUser()
            .addNewContext()
            .withName(NAME)
            .withNewContext()
            .withCluster(NAME)
            .withUser(NAME)
            .endContext()
            .endContext()
            .withCurrentContext(NAME)
            .build());
  }

  /** The service account's token lies beside its ca.crt, which is what fabric8 remembers of it. */
  private static Optional<Kubeconfig> inPod(Config config) {
    if (config.getCurrentContext() != null || config.getCaCertFile() == null) {
      return Optional.empty();
    }
    var token = Path.of(config.getCaCertFile()).resolveSibling("token");
    return Files.exists(token) && isTokenOf(config, token)
        ? Optional.of(
            new Kubeconfig(
                cluster(config), new AuthInfoBuilder().withTokenFile(token.toString()).build()))
        : Optional.empty();
  }

  private static boolean isTokenOf(Config config, Path file) {
    try {
      var used =
          Optional.ofNullable(config.getOauthToken()).or(() -> token(config.getAutoOAuthToken()));
      return used.isEmpty() || used.get().strip().equals(Files.readString(file).strip());
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<Kubeconfig> ofPerson(Config config) {
    var context = config.getCurrentContext();
    var clusters = config.getFileWithCluster();
    var users = config.getFileWithAuthInfo();
    if (context == null || context.getContext() == null || clusters == null || users == null) {
      return Optional.empty();
    }
    var cluster =
        read(clusters).getClusters().stream()
            .filter(c -> c.getName().equals(context.getContext().getCluster()))
            .map(c -> absolute(c.getCluster(), clusters))
            // Else something has told the client of another one.
            .filter(c -> plain(c.getServer()).equals(plain(config.getMasterUrl())))
            .findFirst();
    var user =
        read(users).getUsers().stream()
            .filter(u -> u.getName().equals(context.getContext().getUser()))
            .map(u -> absolute(u.getUser(), users))
            .findFirst();
    return cluster.flatMap(c -> user.map(u -> new Kubeconfig(c, u)));
  }

  private static Kubeconfig ofFields(Config config) {
    var token = token(config.getOauthToken()).or(() -> token(config.getAutoOAuthToken()));
    var provided = Optional.ofNullable(config.getOauthTokenProvider()).map(p -> p.getToken());
    var groups = config.getImpersonateGroups();
    var user =
        new AuthInfoBuilder()
            .withToken(provided.or(() -> token).orElse(null))
            .withUsername(config.getUsername())
            .withPassword(config.getPassword())
            .withClientCertificate(config.getClientCertFile())
            .withClientCertificateData(config.getClientCertData())
            .withClientKey(config.getClientKeyFile())
            .withClientKeyData(config.getClientKeyData())
            .withAs(config.getImpersonateUsername())
            .withAsGroups(groups == null ? List.of() : Arrays.asList(groups))
            .build();
    return new Kubeconfig(cluster(config), user);
  }

  private static Cluster cluster(Config config) {
    return new ClusterBuilder()
        .withServer(plain(config.getMasterUrl()))
        .withCertificateAuthority(config.isTrustCerts() ? null : config.getCaCertFile())
        .withCertificateAuthorityData(config.isTrustCerts() ? null : config.getCaCertData())
        .withInsecureSkipTlsVerify(config.isTrustCerts() ? Boolean.TRUE : null)
        .withTlsServerName(config.getTlsServerName())
        .withProxyUrl(config.getHttpsProxy())
        .build();
  }

  private static Optional<String> token(@Nullable String text) {
    return Optional.ofNullable(text).filter(t -> !t.isBlank());
  }

  private static io.fabric8.kubernetes.api.model.Config read(File file) {
    try {
      return Serialization.unmarshal(
          Files.readString(file.toPath()), io.fabric8.kubernetes.api.model.Config.class);
    } catch (IOException e) {
      throw CallFiles.unreadable(file.toPath(), e);
    }
  }

  /** Paths in a kubeconfig begin at its folder. */
  private static Cluster absolute(Cluster cluster, File file) {
    return new ClusterBuilder(cluster)
        .withCertificateAuthority(absolute(cluster.getCertificateAuthority(), file))
        .build();
  }

  private static AuthInfo absolute(AuthInfo user, File file) {
    var builder =
        new AuthInfoBuilder(user)
            .withClientCertificate(absolute(user.getClientCertificate(), file))
            .withClientKey(absolute(user.getClientKey(), file))
            .withTokenFile(absolute(user.getTokenFile(), file));
    if (user.getExec() != null && user.getExec().getCommand().contains("/")) {
      builder.editExec().withCommand(absolute(user.getExec().getCommand(), file)).endExec();
    }
    return builder.build();
  }

  private static @Nullable String absolute(@Nullable String path, File file) {
    return path == null || path.isEmpty()
        ? path
        : file.getAbsoluteFile().toPath().resolveSibling(path).toString();
  }

  private static String plain(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
