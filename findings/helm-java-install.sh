#!/usr/bin/env bash
# helm-java 0.0.21: upgrade().install().withKubeConfigContents(A) asks cluster A whether the release is there, and
# installs it into the cluster of the process's own kubeconfig.
# A guess: "upgrade --install" uses one connection. In fact the Go code hands the install all options but
# kubeConfigContents, so that KUBECONFIG or ~/.kube/config decides where a release goes that is not there yet.
# Whoever uses it should call install() and upgrade() by their names, or give a file: withKubeConfig(Path).
#
# Seen:
#   cluster A: 1 or more requests for the release's records, nothing written
#   cluster B: the release is written here
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
[[ $(uname -sm) == "Linux x86_64" ]] || { echo "$name: the library is there for Linux on amd64" >&2; exit 2; }
jars com.marcnuri.helm-java:helm-java:0.0.21 com.marcnuri.helm-java:linux-amd64:0.0.21

mkdir -p chart/templates home
printf 'apiVersion: v2\nname: nothing\nversion: 0.0.0\n' > chart/Chart.yaml

cat > Install.java <<'END'
import com.marcnuri.helm.Helm;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class Install {
  /** An API server that has no releases, and writes down what it is asked. */
  static class Cluster {
    final List<String> requests = new CopyOnWriteArrayList<>();
    final HttpServer server;

    Cluster() throws Exception {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            var path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + path);
            var isList = exchange.getRequestMethod().equals("GET") && path.endsWith("/secrets");
            var answer =
                switch (path) {
                  case "/version" -> "{\"major\": \"1\", \"minor\": \"30\", \"gitVersion\": \"v1.30.0\"}";
                  case "/api" -> "{\"kind\": \"APIVersions\", \"versions\": [\"v1\"]}";
                  case "/apis" -> "{\"kind\": \"APIGroupList\", \"apiVersion\": \"v1\", \"groups\": []}";
                  default ->
                      isList
                          ? "{\"kind\": \"SecretList\", \"apiVersion\": \"v1\", \"items\": []}"
                          : "{\"kind\": \"Secret\", \"apiVersion\": \"v1\"}";
                };
            var bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
          });
      server.start();
    }

    String kubeconfig() {
      return """
          apiVersion: v1
          kind: Config
          current-context: c
          clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
          users: [{name: c, user: {token: t}}]
          contexts: [{name: c, context: {cluster: c, user: c}}]
          """
          .formatted(server.getAddress().getPort());
    }

    boolean wasWritten() {
      return requests.stream().anyMatch(r -> r.startsWith("POST "));
    }
  }

  public static void main(String[] args) throws Exception {
    var a = new Cluster();
    var b = new Cluster();
    Files.writeString(Path.of("home/.kube/config"), b.kubeconfig());
    try {
      new Helm(Path.of("chart"))
          .upgrade()
          .install()
          .withName("nothing")
          .withNamespace("nothing")
          .withKubeConfigContents(a.kubeconfig())
          .call();
    } catch (IllegalStateException e) {
      System.err.println(e);
    }
    System.out.println(
        "cluster A: "
            + (a.requests.stream().anyMatch(r -> r.endsWith("/secrets")) ? "1 or more" : "no")
            + " requests for the release's records, "
            + (a.wasWritten() ? "the release is written here" : "nothing written"));
    System.out.println(
        "cluster B: " + (b.wasWritten() ? "the release is written here" : "nothing written"));
    System.exit(0);
  }
}
END
mkdir -p home/.kube
unset KUBECONFIG "${!HELM_@}" 2> /dev/null || true
HOME=$work/home java_run --enable-native-access=ALL-UNNAMED Install.java > out
seen out
