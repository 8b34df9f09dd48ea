#!/usr/bin/env bash
# helm-java 0.0.21: template() takes the cluster for Kubernetes 1.20, whatever Helm it brings and whatever cluster there is.
# A guess: it renders for a current version, as "helm template" of the same Helm 3.21 does. In fact a chart with kubeVersion is
# refused, and a chart that looks at .Capabilities.KubeVersion renders what is for 1.20.
# Whoever uses it should say withKubeVersion(…).
#
# Seen:
#   template: v1.20.0
#   template of a chart with kubeVersion >=1.21.0-0: refused
#   template withKubeVersion 1.30.0: v1.30.0
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
[[ $(uname -sm) == "Linux x86_64" ]] || { echo "$name: the library is there for Linux on amd64" >&2; exit 2; }
jars com.marcnuri.helm-java:helm-java:0.0.21 com.marcnuri.helm-java:linux-amd64:0.0.21

mkdir -p open/templates strict/templates home
printf 'apiVersion: v2\nname: open\nversion: 0.0.0\n' > open/Chart.yaml
printf 'apiVersion: v2\nname: strict\nversion: 0.0.0\nkubeVersion: ">=1.21.0-0"\n' > strict/Chart.yaml
printf 'version: {{ .Capabilities.KubeVersion.Version }}\n' | tee open/templates/v.yaml > strict/templates/v.yaml

cat > Template.java <<'END'
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;

class Template {
  static String of(TemplateCommand command) {
    try {
      return command.call().lines().filter(l -> l.startsWith("version: ")).findFirst().orElseThrow().substring(9);
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      return e.getMessage().contains("incompatible with Kubernetes") ? "refused" : "another failure";
    }
  }

  public static void main(String[] args) {
    System.out.println("template: " + of(new Helm(Path.of("open")).template()));
    System.out.println(
        "template of a chart with kubeVersion >=1.21.0-0: " + of(new Helm(Path.of("strict")).template()));
    System.out.println(
        "template withKubeVersion 1.30.0: "
            + of(new Helm(Path.of("open")).template().withKubeVersion("1.30.0")));
    System.exit(0);
  }
}
END
unset KUBECONFIG "${!HELM_@}" 2> /dev/null || true
HOME=$work/home java_run --enable-native-access=ALL-UNNAMED Template.java > out
seen out
