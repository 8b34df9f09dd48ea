package dev.gatehouse.platform.values;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.GatewayDeployment;
import dev.gatehouse.cluster.GatewaySettings;
import dev.gatehouse.cluster.RestartSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The values of the chart gatehouse. */
public final class GatewayValues {
  private static final int USUAL_PORT = 2222;
  private static final int USUAL_HEALTH_PORT = 8081;

  /** To save what is left when the drain is over. */
  private static final Duration AFTER_DRAIN = Duration.ofSeconds(40);

  private GatewayValues() {}

  public static Map<String, Object> of(ClusterDefinition definition) {
    var values = new LinkedHashMap<String, Object>();
    values.put("images", Map.of("gateway", definition.images().gateway()));
    values.put("imagePullSecrets", definition.images().pullSecrets());
    values.put(
        "monitoringNamespace",
        definition.kubernetes().foundation().network().monitoringNamespace());
    var gateway = gateway(definition.gateway());
    gateway.put("restart", RestartSettings.fingerprint(definition));
    values.put("gateway", gateway);
    return values;
  }

  private static Map<String, Object> gateway(GatewaySettings settings) {
    var deployment = settings.deployment();
    var drain = settings.drain();
    var values = new LinkedHashMap<String, Object>();
    values.put("replicas", deployment.replicas());
    values.put("port", settings.port() == 0 ? USUAL_PORT : settings.port());
    values.put(
        "healthPort", settings.health().port().filter(p -> p != 0).orElse(USUAL_HEALTH_PORT));
    values.put("cpu", deployment.cpu().text());
    values.put("memory", deployment.memory().text());
    values.put(
        "terminationGracePeriodSeconds",
        drain.accept().plus(drain.limit()).plus(AFTER_DRAIN).toSeconds());
    values.put("service", service(deployment.service()));
    return values;
  }

  private static Map<String, Object> service(GatewayDeployment.Service service) {
    var values = new LinkedHashMap<String, Object>();
    values.put("type", service.type().word());
    values.put("port", service.port());
    values.put("nodePort", service.nodePort().orElse(0));
    values.put("loadBalancer", service.loadBalancer().word());
    values.put("scheme", service.scheme().word());
    values.put("sourceRanges", service.sourceRanges().stream().map(Object::toString).toList());
    values.put("annotations", new TreeMap<>(service.annotations()));
    return values;
  }
}
