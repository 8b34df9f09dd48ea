package dev.gatehouse.platform.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.platform.helm.DeployedRelease.Status;
import dev.gatehouse.testkit.Resources;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the platform relies on, whatever Helm it is. */
abstract class HelmContract {
  private static final String HOME = "gatehouse";
  private static final String ROOMS = "rooms";
  private static final String NAME = "small";

  private final ApiServer api = ApiServer.start();

  /** As an administrator with kubectl, whom no fault meets. */
  private final KubernetesClient admin = api.innerClient();

  private final KubernetesClient client = api.client();
  private Helm helm;

  /** Opens the one that is tested. */
  abstract HelmCommands commands();

  @BeforeEach
  void open() {
    helm = new HelmReleases(commands(), client);
    api.requireNamespaces();
    create(HOME);
  }

  @AfterEach
  void close() {
    helm.close();
    client.close();
    admin.close();
    api.close();
  }

  @Test
  void render_withoutCluster_isManifests() {
    api.down();
    assertThat(helm.render(release(Map.of("greeting", "salve"))))
        .contains("kind: PriorityClass", "greeting: \"salve\"", "namespace: gatehouse")
        .doesNotContain("kind: Job");
  }

  @Test
  void render_valuesThatTheSchemaRefuses_saysWhereAndWhy() {
    var error =
        catchThrowableOfType(
            UserError.class,
            () ->
                helm.render(
                    release(Map.of("replicas", "two", "limits", Map.of("pods", "x"), "typo", 1))));
    assertThat(error)
        .hasMessageContaining("the chart small refuses ")
        .hasMessageContaining(" limits.pods: ")
        .hasMessageContaining(" replicas: ")
        .hasMessageContaining(" values: ")
        .hasMessageMatching(".*[Aa]dditional propert.*typo.*");
  }

  @Test
  void apply_valuesThatTheSchemaRefuses_changesNothing() {
    catchThrowableOfType(UserError.class, () -> apply(Map.of("replicas", "two")));
    assertThat(helm.history(HOME, NAME)).isEmpty();
  }

  @Test
  void apply_theFirstTime_installs() {
    var release = apply(Map.of("greeting", "salve", "replicas", 3));
    assertThat(release.revision()).isEqualTo(1);
    assertThat(release.status()).isEqualTo(Status.DEPLOYED);
    assertThat(release.chart()).isEqualTo("small");
    assertThat(release.version()).isEqualTo("1.2.3");
    assertThat(release.values()).isEqualTo(Map.of("greeting", "salve", "replicas", 3));
    assertThat(release.manifest()).contains("greeting: \"salve\"");
    assertThat(greeting()).isEqualTo("salve");
    assertThat(admin.apps().deployments().inNamespace(HOME).withName("web").get().getSpec())
        .matches(spec -> spec.getReplicas() == 3);
    assertThat(admin.namespaces().withName(ROOMS).get().getMetadata().getAnnotations())
        .containsEntry("meta.helm.sh/release-name", NAME);
  }

  @Test
  void apply_again_upgrades() {
    apply(Map.of("extra", true, "sidecar", "helper"));
    admin
        .configMaps()
        .inNamespace(ROOMS)
        .withName("settings")
        .edit(c -> new ConfigMapBuilder(c).addToData("of-somebody", "else").build());
    var release = apply(Map.of("greeting", "salve"));
    assertThat(release.revision()).isEqualTo(2);
    assertThat(release.values()).isEqualTo(Map.of("greeting", "salve"));
    assertThat(admin.configMaps().inNamespace(ROOMS).withName("settings").get().getData())
        .isEqualTo(Map.of("greeting", "salve", "of-somebody", "else"));
    assertThat(admin.configMaps().inNamespace(ROOMS).withName("extra").get()).isNull();
    var containers =
        admin
            .apps()
            .deployments()
            .inNamespace(HOME)
            .withName("web")
            .get()
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers();
    assertThat(containers).extracting("name").containsExactly("web");
    assertThat(containers.getFirst().getEnv().getFirst().getValue()).isEqualTo("salve");
    assertThat(helm.history(HOME, NAME))
        .extracting(DeployedRelease::status)
        .containsExactly(Status.DEPLOYED, Status.SUPERSEDED);
  }

  @Test
  void apply_moreOftenThanIsKept_keepsTheNewest() {
    for (var i = 0; i < HelmReleases.KEPT + 2; i++) {
      apply(Map.of("greeting", "number " + i));
    }
    assertThat(helm.history(HOME, NAME))
        .hasSize(HelmReleases.KEPT)
        .first()
        .returns(HelmReleases.KEPT + 2, DeployedRelease::revision);
  }

  @Test
  void deployed_nothingThere_isEmpty() {
    assertThat(helm.deployed(HOME, NAME)).isEmpty();
    assertThat(helm.history(HOME, NAME)).isEmpty();
  }

  @Test
  void uninstall_removesAllButWhatTheChartKeeps() {
    apply(Map.of());
    helm.uninstall(HOME, NAME);
    assertThat(helm.deployed(HOME, NAME)).isEmpty();
    assertThat(admin.configMaps().inNamespace(ROOMS).withName("settings").get()).isNull();
    assertThat(admin.apps().statefulSets().inNamespace(HOME).withName("store").get()).isNull();
    assertThat(admin.namespaces().withName(ROOMS).get()).isNotNull();
    helm.uninstall(HOME, NAME);
    assertThat(apply(Map.of()).revision()).as("the namespace that stayed is taken again").isOne();
  }

  @Test
  void apply_objectThatCarriesItsOwnership_isAdopted() {
    admin
        .namespaces()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(ROOMS)
                .addToLabels("app.kubernetes.io/managed-by", "Helm")
                .addToAnnotations("meta.helm.sh/release-name", NAME)
                .addToAnnotations("meta.helm.sh/release-namespace", HOME)
                .endMetadata()
                .build())
        .create();
    apply(Map.of());
    assertThat(admin.namespaces().withName(ROOMS).get().getMetadata().getLabels())
        .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
  }

  @Test
  void apply_objectOfNobodys_isNotOurs() {
    create(ROOMS);
    assertThat(failure(Map.of()))
        .isEqualTo(
            new Failure.Denied(
                "release-not-ours",
                "Namespace rooms is there already and belongs to nobody that Helm knows of: delete"
                    + " it, or give it to this release"));
  }

  @Test
  void apply_objectOfAnotherRelease_isNotOurs() {
    create("elsewhere");
    helm.apply(new Release("other", "elsewhere", CHART, Map.of()));
    assertThat(failure(Map.of()))
        .isInstanceOf(Failure.Denied.class)
        .returns("release-not-ours", Failure::code)
        .extracting(Failure::message)
        .asString()
        .contains(" is there already and belongs to Helm's release other in namespace elsewhere:");
  }

  @Test
  void apply_upgradeWhoseProcessDied_goesOn() {
    apply(Map.of());
    plant(2, "pending-upgrade");
    assertThat(apply(Map.of("greeting", "salve")).status()).isEqualTo(Status.DEPLOYED);
    assertThat(greeting()).isEqualTo("salve");
    assertThat(helm.history(HOME, NAME))
        .extracting(DeployedRelease::status)
        .containsExactly(Status.DEPLOYED, Status.SUPERSEDED);
  }

  @Test
  void apply_upgradeWhoseProcessDiedBetweenItsRecords_goesOn() {
    apply(Map.of());
    var record = record(1);
    admin.secrets().resource(record).delete();
    admin.secrets().resource(Records.copy(record, 1, "superseded")).create();
    admin.secrets().resource(Records.copy(record, 2, "pending-upgrade")).create();
    assertThat(apply(Map.of("greeting", "salve")).status()).isEqualTo(Status.DEPLOYED);
    assertThat(greeting()).isEqualTo("salve");
  }

  @Test
  void apply_firstInstallWhoseProcessDied_goesOn() {
    apply(Map.of());
    var record = record(1);
    admin.secrets().resource(record).delete();
    admin.secrets().resource(Records.copy(record, 1, "pending-install")).create();
    assertThat(apply(Map.of("greeting", "salve")).status()).isEqualTo(Status.DEPLOYED);
    assertThat(greeting()).isEqualTo("salve");
  }

  @Test
  void apply_removalWhoseProcessDied_isEndedFirst() {
    apply(Map.of("extra", true));
    var record = record(1);
    admin.secrets().resource(record).delete();
    admin.secrets().resource(Records.copy(record, 1, "uninstalling")).create();
    assertThat(apply(Map.of()).revision()).isOne();
    assertThat(admin.configMaps().inNamespace(ROOMS).withName("extra").get()).isNull();
    assertThat(greeting()).isEqualTo("hello");
  }

  @Test
  void apply_removedWithItsHistoryKept_installs() {
    apply(Map.of());
    var record = record(1);
    admin.secrets().resource(record).delete();
    admin.secrets().resource(Records.copy(record, 1, "uninstalled")).create();
    assertThat(apply(Map.of()).status()).isEqualTo(Status.DEPLOYED);
  }

  @Test
  void apply_firstInstallThatFailed_goesOn() {
    api.fail("POST .*/services", 500, 1);
    assertThat(failure(Map.of()).code()).isEqualTo("helm-failed");
    assertThat(helm.deployed(HOME, NAME)).get().returns(Status.FAILED, DeployedRelease::status);
    var release = apply(Map.of());
    assertThat(release).returns(2, DeployedRelease::revision);
    assertThat(admin.services().inNamespace(HOME).withName("web").get()).isNotNull();
  }

  @Test
  void apply_namespaceOfTheReleaseIsBeingDeleted_isUnavailable() {
    api.terminate(HOME);
    assertThat(failure(Map.of()))
        .isEqualTo(
            new Failure.Unavailable(
                "namespace-terminating",
                "namespace gatehouse is being deleted; try again when it is gone"));
  }

  @Test
  void apply_namespaceOfAnObjectIsBeingDeleted_isUnavailable() {
    api.terminate(ROOMS);
    assertThat(failure(Map.of()))
        .returns("namespace-terminating", Failure::code)
        .extracting(Failure::message)
        .asString()
        .startsWith("namespace rooms ");
  }

  @Test
  void apply_immutableField_namesIt() {
    apply(Map.of());
    var error = catchThrowableOfType(FailureException.class, () -> apply(Map.of("priority", 2000)));
    assertThat(error.failure())
        .isEqualTo(
            new Failure.Broken(
                "immutable-field",
                "PriorityClass small: value cannot be changed; the object must be replaced"));
    assertThat(error.getCause())
        .isInstanceOfSatisfying(
            ImmutableFieldException.class,
            e -> {
              assertThat(e.kind()).isEqualTo("PriorityClass");
              assertThat(e.name()).isEqualTo("small");
              assertThat(e.field()).isEqualTo("value");
            });
    assertThat(apply(Map.of("greeting", "salve")).status())
        .as("what failed does not stand in the way")
        .isEqualTo(Status.DEPLOYED);
  }

  @Test
  void apply_immutableFieldsOfWorkloads_areNamed() {
    apply(Map.of("job", "once:1"));
    assertThat(failure(Map.of("job", "once:2")).message())
        .isEqualTo("Job once: spec.template cannot be changed; the object must be replaced");
    assertThat(failure(Map.of("job", "once:1", "storage", "2Gi")).message())
        .isEqualTo("StatefulSet store: spec cannot be changed; the object must be replaced");
  }

  @Test
  void apply_fieldThatNoKindHas_isRefused() {
    assertThat(failure(Map.of("slip", true)))
        .isInstanceOf(Failure.Broken.class)
        .returns("helm-failed", Failure::code)
        .extracting(Failure::message)
        .asString()
        .contains("unknown field");
  }

  @Test
  void apply_loginExpired_saysSo() {
    api.fail(".*", 401, "Unauthorized", Integer.MAX_VALUE);
    assertThat(failure(Map.of()))
        .isInstanceOf(Failure.Denied.class)
        .returns("cluster-login-expired", Failure::code);
  }

  @Test
  void apply_loginExpiresInTheMiddle_saysSo() {
    api.fail("POST .*/priorityclasses", 401, "Unauthorized", Integer.MAX_VALUE);
    assertThat(failure(Map.of()).code()).isEqualTo("cluster-login-expired");
  }

  @Test
  void apply_notAllowed_namesVerbAndResource() {
    forbid("POST .*/roles\\b", "create", "roles", "rbac.authorization.k8s.io");
    assertThat(failure(Map.of()))
        .isEqualTo(
            new Failure.Denied(
                "cluster-denied",
                "ada may not create roles.rbac.authorization.k8s.io in namespace gatehouse"));
  }

  @Test
  void uninstall_notAllowed_namesVerbAndResource() {
    apply(Map.of());
    forbid("DELETE .*/roles/", "delete", "roles", "rbac.authorization.k8s.io");
    var error =
        catchThrowableOfType(FailureException.class, () -> helm.uninstall(HOME, NAME)).failure();
    assertThat(error)
        .isEqualTo(
            new Failure.Denied(
                "cluster-denied",
                "ada may not delete roles.rbac.authorization.k8s.io in namespace gatehouse"));
  }

  @Test
  void apply_apiServerAway_isUnavailable() {
    api.down();
    assertThat(failure(Map.of()))
        .isInstanceOf(Failure.Unavailable.class)
        .returns("kubernetes-unavailable", Failure::code);
  }

  @Test
  void apply_apiServerGoesAwayInTheMiddle_isUnavailable() {
    api.fail("POST .*/priorityclasses", 503, "etcdserver: request timed out", Integer.MAX_VALUE);
    assertThat(failure(Map.of()).code()).isEqualTo("kubernetes-unavailable");
    api.mend();
    assertThat(apply(Map.of()).status()).isEqualTo(Status.DEPLOYED);
  }

  private static final Path CHART = Resources.file("helm/small");

  private static Release release(Map<String, Object> values) {
    return new Release(NAME, HOME, CHART, values);
  }

  private DeployedRelease apply(Map<String, Object> values) {
    return helm.apply(release(values));
  }

  private Failure failure(Map<String, Object> values) {
    return catchThrowableOfType(FailureException.class, () -> apply(values)).failure();
  }

  private void forbid(String request, String verb, String resource, String group) {
    api.fail(
        request,
        403,
        "%s is forbidden: User \"ada\" cannot %s resource \"%s\" in API group \"%s\" in the namespace \"%s\""
            .formatted(resource, verb, resource, group, HOME),
        Integer.MAX_VALUE);
  }

  private void create(String namespace) {
    admin
        .namespaces()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
  }

  private String greeting() {
    return admin
        .configMaps()
        .inNamespace(ROOMS)
        .withName("settings")
        .get()
        .getData()
        .get("greeting");
  }

  private void plant(int revision, String status) {
    admin.secrets().resource(Records.copy(record(1), revision, status)).create();
  }

  private Secret record(int revision) {
    return admin.secrets().inNamespace(HOME).withName(ReleaseRecords.secret(NAME, revision)).get();
  }
}
