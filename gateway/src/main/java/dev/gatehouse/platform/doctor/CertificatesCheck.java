package dev.gatehouse.platform.doctor;

import dev.gatehouse.doctor.Certificates;
import dev.gatehouse.doctor.Finding;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

/** Whether a certificate in a Secret of the gateway's namespace ends soon. */
final class CertificatesCheck extends Looking {
  private static final List<String> FILES = List.of("tls.crt", "ca.crt", "ca.pem", "ldap-ca.pem");

  private final KubernetesClient client;
  private final String namespace;
  private final InstantSource clock;

  CertificatesCheck(KubernetesClient client, String namespace, InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.clock = clock;
  }

  @Override
  public String subject() {
    return "Certificates";
  }

  @Override
  List<Finding> look() {
    var findings =
        client.secrets().inNamespace(namespace).list().getItems().stream()
            .filter(secret -> secret.getData() != null)
            .flatMap(secret -> FILES.stream().flatMap(file -> of(secret, file).stream()))
            .toList();
    return findings.isEmpty()
        ? List.of(Finding.ok("no Secret in %s holds one".formatted(namespace)))
        : findings;
  }

  private List<Finding> of(Secret secret, String file) {
    var text = secret.getData().get(file);
    return text == null
        ? List.of()
        : Certificates.findings(
            "Secret %s, %s".formatted(secret.getMetadata().getName(), file),
            Base64.getDecoder().decode(text),
            clock.instant());
  }
}
