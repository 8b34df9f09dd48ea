package dev.gatehouse.platform.commands;

import dev.gatehouse.key.KeyFile;
import dev.gatehouse.platform.ServiceAddress;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.objects.Trees;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** How people get in: what to type, and the key that their ssh shows them. */
final class Entrance {
  private static final int SSH = 22;

  private final LiveObjects live;
  private final String namespace;

  Entrance(LiveObjects live, String namespace) {
    this.live = live;
    this.namespace = namespace;
  }

  /**
   * @param person who is to type it
   */
  List<String> lines(String person) {
    var lines = new ArrayList<String>();
    live.get(new ObjectKey("v1", "Service", namespace, "gatehouse"))
        .ifPresent(service -> lines.addAll(command(service, person)));
    lines.addAll(fingerprints());
    return lines;
  }

  private List<String> command(KubernetesObject service, String person) {
    var port = Trees.list(service.spec().get("ports")).stream().map(Trees::map).findFirst();
    var number = port.map(p -> Trees.number(p.get("port"), SSH)).orElse((long) SSH);
    return switch (Trees.text(service.spec().get("type"))) {
      case "LoadBalancer" ->
          List.of(
              "Type:  "
                  + ssh(
                      person,
                      ServiceAddress.of(service).orElse("ADDRESS-OF-THE-LOAD-BALANCER"),
                      number));
      case "NodePort" ->
          List.of(
              "Type:  "
                  + ssh(
                      person,
                      "ADDRESS-OF-A-NODE",
                      port.map(p -> Trees.number(p.get("nodePort"), number)).orElse(number)));
      default ->
          List.of(
              "Type:  kubectl -n %s port-forward service/gatehouse 2222:%d"
                  .formatted(namespace, number),
              "and:   " + ssh(person, "localhost", 2222));
    };
  }

  private static String ssh(String person, String host, long port) {
    return "ssh %s%s@%s".formatted(port == SSH ? "" : "-p %d ".formatted(port), person, host);
  }

  /** Of the keys that the first gateway has made. */
  private List<String> fingerprints() {
    return live
        .get(new ObjectKey("v1", "Secret", namespace, "gatehouse-keys"))
        .map(secret -> Trees.map(secret.tree().get("data")))
        .orElse(Map.of())
        .entrySet()
        .stream()
        .filter(e -> e.getKey().matches("ssh_host_[a-z0-9]+_key"))
        .flatMap(e -> KeyFile.publicKeyOf(decoded(e.getValue())).stream())
        .map(key -> "Its host key:  %s (%s)".formatted(key.fingerprint(), key.type()))
        .toList();
  }

  private static String decoded(Object value) {
    return new String(Base64.getDecoder().decode(String.valueOf(value)), StandardCharsets.US_ASCII);
  }
}
