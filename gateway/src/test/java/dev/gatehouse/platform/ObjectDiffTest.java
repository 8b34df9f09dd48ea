package dev.gatehouse.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.Manifests;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ObjectDiffTest {
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
        labels: {app: web}
      spec:
        replicas: 2
        template:
          spec:
            automountServiceAccountToken: false
            hostNetwork: false
            containers:
              - name: web
                image: web:1
                env:
                  - {name: LEVEL, value: info}
                  - {name: EMPTY, value: ''}
                ports:
                  - {name: http, containerPort: 80}
                resources:
                  requests: {cpu: 1000m, memory: 1024Mi}
                volumeMounts:
                  - {name: tmp, mountPath: /tmp}
            volumes:
              - name: tmp
                emptyDir: {}
      """;

  /** As the API server returns what it was given. */
  private static final String STORED =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
        namespace: one
        uid: 1234
        resourceVersion: '7'
        generation: 3
        labels: {app: web, app.kubernetes.io/managed-by: Helm}
        annotations: {deployment.kubernetes.io/revision: '1'}
      spec:
        replicas: 2
        progressDeadlineSeconds: 600
        template:
          metadata: {creationTimestamp: null}
          spec:
            automountServiceAccountToken: false
            dnsPolicy: ClusterFirst
            containers:
              - name: sidecar
                image: put-in-by-a-webhook:1
              - name: web
                image: web:1
                imagePullPolicy: IfNotPresent
                env:
                  - {name: LEVEL, value: info}
                  - {name: EMPTY}
                ports:
                  - {name: http, containerPort: 80, protocol: TCP}
                resources:
                  requests: {cpu: '1', memory: 1Gi}
                volumeMounts:
                  - {name: tmp, mountPath: /tmp}
                  - {name: token, mountPath: /var/run/secrets}
            volumes:
              - name: tmp
                emptyDir: {}
              - name: token
                projected: {defaultMode: 420}
      status: {readyReplicas: 2}
      """;

  @Test
  void between_whatTheServerStored_isNothing() {
    assertThat(changes(DEPLOYMENT, DEPLOYMENT, STORED)).isEmpty();
  }

  @Test
  void between_wantedOtherThanLive_isAChange() {
    var wanted = DEPLOYMENT.replace("web:1", "web:2").replace("replicas: 2", "replicas: 3");

    assertThat(changes(DEPLOYMENT, wanted, STORED))
        .containsExactlyInAnyOrder(
            new FieldChange("spec.replicas", Optional.of("2"), Optional.of("3")),
            new FieldChange(
                "spec.template.spec.containers[web].image",
                Optional.of("web:1"),
                Optional.of("web:2")));
  }

  @Test
  void between_driftOfAFieldThatIsWanted_isAChange() {
    assertThat(changes(DEPLOYMENT, DEPLOYMENT, STORED.replace("value: info", "value: debug")))
        .containsExactly(
            new FieldChange(
                "spec.template.spec.containers[web].env[LEVEL].value",
                Optional.of("debug"),
                Optional.of("info")));
  }

  @Test
  void between_noLongerWanted_isRemoved() {
    var wanted =
        DEPLOYMENT
            .replace("            - {name: LEVEL, value: info}\n", "")
            .replace("labels: {app: web}", "labels: {}");

    assertThat(changes(DEPLOYMENT, wanted, STORED))
        .containsExactlyInAnyOrder(
            new FieldChange("metadata.labels.app", Optional.of("web"), Optional.empty()),
            new FieldChange(
                "spec.template.spec.containers[web].env[LEVEL]",
                Optional.of("{name: LEVEL, value: info}"),
                Optional.empty()));
  }

  @Test
  void between_falseThatTheServerTellsFromAbsent_isDrift() {
    var live = STORED.replace("      automountServiceAccountToken: false\n", "");

    assertThat(changes(DEPLOYMENT, DEPLOYMENT, live))
        .containsExactly(
            new FieldChange(
                "spec.template.spec.automountServiceAccountToken",
                Optional.empty(),
                Optional.of("false")));
  }

  @Test
  void between_removedOnlyByAFailedApply_isStillRemoved() {
    var old = DEPLOYMENT.replace("labels: {app: web}", "labels: {app: web, tier: front}");
    var live = STORED.replace("labels: {app: web,", "labels: {app: web, tier: front,");

    assertThat(
            ObjectDiff.between(
                List.of(object(DEPLOYMENT), object(old)), object(DEPLOYMENT), object(live)))
        .containsExactly(
            new FieldChange("metadata.labels.tier", Optional.of("front"), Optional.empty()));
  }

  @Test
  void between_secrets_showsNoValue() {
    var wanted =
        """
        {apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {password: new, same: x}}
        """;
    var live =
        """
        {apiVersion: v1, kind: Secret, metadata: {name: s}, data: {password: b2xk, same: eA==}}
        """;

    assertThat(changes(wanted, wanted, live))
        .containsExactly(
            new FieldChange("data.password", Optional.of("(hidden)"), Optional.of("(hidden)")));
  }

  @Test
  void between_rulesOfNetworkPolicies_areComparedWithTheServersProtocol() {
    var wanted =
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: n}
        spec:
          podSelector: {}
          ingress: [{ports: [{port: 22}], from: [{podSelector: {}}]}]
        """;

    assertThat(changes(wanted, wanted, wanted.replace("port: 22", "port: 22, protocol: TCP")))
        .isEmpty();
    assertThat(changes(wanted, wanted, wanted.replace("{port: 22}", "{port: 22}, {port: 23}")))
        .extracting(FieldChange::path)
        .containsExactly("spec.ingress[0].ports");
  }

  @Test
  void between_fieldsThatABooleanOrNumberCannotTell_areTexts() {
    var wanted =
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, annotations: {at: 12:30, day:"
            + " 2026-11-30}}}";
    var live =
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, annotations: {at: '12:30', day:"
            + " '2026-11-30'}}}";

    assertThat(changes(wanted, wanted, live)).isEmpty();
  }

  private static List<FieldChange> changes(String applied, String wanted, String live) {
    return ObjectDiff.between(List.of(object(applied)), object(wanted), object(live));
  }

  private static KubernetesObject object(String yaml) {
    return Manifests.read(yaml, "one").getFirst();
  }
}
