package dev.gatehouse.platform.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.aws.AwsAccounts;
import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.platform.PlatformFixture;
import dev.gatehouse.platform.objects.ObjectKey;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

final class CommandsTest {
  private static final String DEFINITION =
      "gateway: {name: lab, replicas: 2}\ndirectory: {deployed: {}}\n";
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIByFJKQPEH01ZB/veQS6libjEZAvPY399tryH5SQb8s3 ada";

  private final PlatformFixture fixture = new PlatformFixture();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    define(DEFINITION);
    Files.writeString(folder.resolve("ada.pub"), KEY + "\n");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void plan_emptyCluster_exits2_andChangesNothing() {
    assertThat(new PlanCommand(options(), false).run(bench(), plain())).isEqualTo(2);

    assertThat(printed())
        .contains(
            "gatehouse-foundation (it is not installed)\n",
            "  + Deployment gatehouse/gatehouse\n",
            " to create, 0 to change, 0 to replace, 0 to delete.\n")
        .doesNotContain("\u001b");
    assertThat(fixture.helm.applied()).isEmpty();
  }

  @Test
  void plan_onTerminal_isColoured() {
    new PlanCommand(options(), false).run(bench(), terminal(""));

    assertThat(printed()).contains("  \u001b[32m+\u001b[0m Deployment gatehouse/gatehouse\n");
  }

  @Test
  void apply_asksFirst_andTwice_saysNoChange() throws InterruptedException, IOException {
    assertThat(new ApplyCommand(options(), null, null, false).run(bench(), terminal("no\n")))
        .isNotZero();
    assertThat(printed())
        .contains(
            "Apply this to the cluster at %s? (yes/no)".formatted(fixture.client.getMasterUrl()),
            "Nothing was changed.");
    assertThat(fixture.helm.applied()).isEmpty();

    assertThat(new ApplyCommand(options(), null, null, false).run(bench(), terminal("yes\n")))
        .isZero();
    assertThat(printed()).contains("gatehouse: done (");
    out.reset();

    assertThat(new ApplyCommand(options(), null, null, false).run(bench(), plain())).isZero();
    assertThat(printed()).isEqualTo("No change: the cluster is as the definition says.\n");
    assertThat(new PlanCommand(options(), false).run(bench(), plain())).isZero();

    out.reset();
    define(DEFINITION.replace("replicas: 2", "replicas: 3"));
    assertThat(new PlanCommand(options(), false).run(bench(), plain())).isEqualTo(2);
    assertThat(printed())
        .contains(
            "  ~ Deployment gatehouse/gatehouse\n      spec.replicas: 2 → 3\n",
            "0 to create, 2 to change, 0 to replace, 0 to delete.");
  }

  /** Somebody has edited the ConfigMap by hand. */
  @Test
  void apply_overADefinitionThatIsNoYaml_replacesIt() throws InterruptedException {
    new ApplyCommand(options(), null, null, true).run(bench(), plain());
    fixture.store.change(1, "gateway: [", new Author("eve", "kubectl", Optional.empty()));

    assertThat(new ApplyCommand(options(), null, null, true).run(bench(), plain())).isZero();

    assertThat(fixture.store.current().text()).isEqualTo(DEFINITION);
  }

  @Test
  void plan_settingThatNeedsARestart_replacesTheGateways() throws Exception {
    new ApplyCommand(options(), null, null, true).run(bench(), plain());
    out.reset();
    define(DEFINITION.replace("name: lab", "name: lab, algorithms: compatible"));

    assertThat(new PlanCommand(options(), false).run(bench(), plain())).isEqualTo(2);

    assertThat(printed())
        .contains("annotations[gatehouse.dev/settings]: ", "gateways are replaced one by one");
  }

  @Test
  void plan_definitionChanges_saysWhatPeopleNotice() throws Exception {
    var before = DEFINITION + "machineTypes: {small: {cpu: 1}, gpu: {gpus: 1}}\n";
    define(before + "workspaces: {defaultType: small}\n");
    new ApplyCommand(options(), null, null, true).run(bench(), plain());
    workspace("w-ada", "ada", "main", "gpu");
    workspace("w-bob", "bob", "main", "small");
    workspace("w-cy", "cy", "main", "small");
    out.reset();
    define(DEFINITION + "machineTypes: {small: {cpu: 2}}\nworkspaces: {defaultType: small}\n");

    assertThat(new PlanCommand(options(), false).run(bench(), plain())).isEqualTo(2);

    assertThat(printed())
        .contains(
            "What people notice:\n",
            "  removes the machine type gpu, which 1 workspace has (ada/main)",
            "  2 workspaces get it at their next start\n");
    out.reset();
    assertThat(new PlanCommand(options(), true).run(bench(), plain())).isEqualTo(2);
    assertThat(new JsonMapper().readTree(printed()).path("effects").valueStream())
        .anyMatch(effect -> effect.asString().equals("2 workspaces get it at their next start"));
    out.reset();
    new ApplyCommand(options(), null, null, true).run(bench(), plain());
    assertThat(printed()).contains("  2 workspaces get it at their next start\n");
    out.reset();
    assertThat(new PlanCommand(options(), false).run(bench(), plain())).isZero();
    assertThat(printed()).doesNotContain("next start");
  }

  private void workspace(String object, String owner, String name, String type) {
    var _ =
        fixture
            .client
            .resource(
                new StatefulSetBuilder()
                    .withNewMetadata()
                    .withName(object)
                    .withNamespace("gatehouse-workspaces")
                    .addToLabels("app.kubernetes.io/managed-by", "gatehouse")
                    .addToLabels("gatehouse.dev/machine-type", type)
                    .addToAnnotations("gatehouse.dev/person", owner)
                    .addToAnnotations("gatehouse.dev/name", name)
                    .endMetadata()
                    .withNewSpec()
                    .withReplicas(0)
                    .withServiceName(object)
                    .withNewSelector()
                    .addToMatchLabels("w", object)
                    .endSelector()
                    .withNewTemplate()
                    .withNewMetadata()
                    .addToLabels("w", object)
                    .endMetadata()
                    .withNewSpec()
                    .withNewSecurityContext()
                    .withRunAsNonRoot(true)
                    .withNewSeccompProfile()
                    .withType("RuntimeDefault")
                    .endSeccompProfile()
                    .endSecurityContext()
                    .endSpec()
                    .endTemplate()
                    .endSpec()
                    .build())
            .create();
  }

  @Test
  void apply_nobodyToAsk_namesTheOption() {
    assertThatThrownBy(() -> new ApplyCommand(options(), null, null, false).run(bench(), plain()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--yes");
    assertThat(fixture.helm.applied()).isEmpty();
  }

  @Test
  void apply_firstAdministrator_endsWithWhatToType() throws InterruptedException {
    hostKey();

    assertThat(
            new ApplyCommand(options(), "ada", folder.resolve("ada.pub"), true)
                .run(bench(), plain()))
        .isZero();

    assertThat(printed())
        .contains("Type:  ssh ada@192.0.2.1\n")
        .containsPattern("Its host key:  SHA256:[A-Za-z0-9+/]{43} \\(ssh-ed25519\\)\n");
    assertThat(secret("directory-administrator")).containsKeys("uid", "password", "ssh-key");
  }

  @Test
  void apply_administratorOfADirectoryThatIsThere_isRefused() throws InterruptedException {
    new ApplyCommand(options(), null, null, true).run(bench(), plain());

    assertThatThrownBy(
            () ->
                new ApplyCommand(options(), "ada", folder.resolve("ada.pub"), true)
                    .run(bench(), plain()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("gate user add");
  }

  @Test
  void apply_administratorOfASitesOwnDirectory_isRefused() throws IOException {
    define("gateway: {name: lab}\n");

    assertThatThrownBy(
            () ->
                new ApplyCommand(options(), "ada", folder.resolve("ada.pub"), true)
                    .run(bench(), plain()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("directory.deployed");
  }

  @Test
  void apply_failure_saysWhatIsDoneAndWhatIsNot() {
    fixture.helm.failNext(
        new FailureException(new Failure.Broken("helm-failed", "Helm failed")), 1);

    assertThatThrownBy(() -> new ApplyCommand(options(), null, null, true).run(bench(), plain()))
        .hasMessageContaining("helm-failed");
    assertThat(printed())
        .contains(
            "gatehouse-foundation: stopped (0 s)\n",
            "Done: namespace\n",
            "Not done: gatehouse-foundation, directory-secrets, definition, directory,"
                + " gatehouse\n",
            "Run the same command again to go on.\n");
  }

  @Test
  void plan_json_hasEachFieldAndHidesSecrets() throws InterruptedException, IOException {
    new ApplyCommand(options(), null, null, true).run(bench(), plain());
    out.reset();
    fixture.live.merge(
        new ObjectKey("v1", "Secret", "gatehouse", "gatehouse-directory"),
        Map.of("data", Map.of("ldap-password", "c2VjcmV0")));
    define(DEFINITION.replace("replicas: 2", "replicas: 3"));

    new PlanCommand(options(), true).run(bench(), plain());

    var json = new JsonMapper().readTree(printed());
    assertThat(json.path("changes").asBoolean()).isTrue();
    assertThat(json.at("/parts/2/objects/0/fields/0/before").asString("")).isEqualTo("(hidden)");
    assertThat(json.at("/parts/5/objects/0/action").asString("")).isEqualTo("change");
    assertThat(json.at("/parts/5/objects/0/fields/0/path").asString("")).isEqualTo("spec.replicas");
    assertThat(json.at("/parts/5/objects/0/fields/0/after").asString("")).isEqualTo("3");
    assertThat(printed()).doesNotContain("c2VjcmV0");
  }

  @Test
  void render_isInTheOrderOfAnApply_withTheDefinition() {
    assertThat(new RenderCommand(options(), null).run(fixture.helm, plain())).isZero();

    assertThat(printed())
        .startsWith("---\n")
        .containsSubsequence(
            "kind: Namespace",
            "name: gatehouse-definition",
            "gateway: {name: lab, replicas: 2}",
            "kind: StatefulSet",
            "kind: Deployment")
        .doesNotContain("kind: Secret");
  }

  @Test
  void render_toFolder_writesAFileForEachPart() {
    new RenderCommand(options(), folder.resolve("out")).run(fixture.helm, plain());

    assertThat(folder.resolve("out"))
        .isDirectoryContaining("glob:**1-gatehouse-foundation.yaml")
        .isDirectoryContaining("glob:**2-definition.yaml")
        .isDirectoryContaining("glob:**3-directory.yaml")
        .isDirectoryContaining("glob:**4-gatehouse.yaml");
  }

  @Test
  void destroy_keepsHomesDirectoryBackupsAndNamespaces() throws InterruptedException {
    new ApplyCommand(options(), null, null, true).run(bench(), plain());
    claims();
    out.reset();

    assertThat(new DestroyCommand(options(), List.of(), null).run(bench(), terminal("lab\n")))
        .isZero();

    assertThat(printed())
        .contains("This deletes from the cluster at " + fixture.client.getMasterUrl())
        .contains("  release gatehouse\n", "Stays: the homes of all people\n")
        .contains("Type the cluster's name, lab, to delete all of this:");
    assertThat(fixture.live.get(new ObjectKey("apps/v1", "Deployment", "gatehouse", "gatehouse")))
        .isEmpty();
    assertThat(fixture.live.get(new ObjectKey("v1", "Namespace", "", "gatehouse"))).isPresent();
    assertThat(claimNames())
        .containsExactlyInAnyOrder("home-ada", "data-directory-0", "directory-backup");
    assertThat(secret("directory-services")).isNotEmpty();
    out.reset();
    assertThat(new DestroyCommand(options(), List.of(), "lab").run(bench(), plain())).isZero();
    assertThat(printed()).isEqualTo("There is nothing to delete.\n");
  }

  @Test
  void destroy_pools_takesTheirNodesAway() throws Exception {
    fixture.withKarpenter();
    define(DEFINITION + "pools: {gpu: {max: 1}}\n");
    new ApplyCommand(options(), null, null, true).run(bench(), plain());
    assertThat(printed()).contains("pool-gpu\n  + Pool gpu (by Karpenter)\n");
    var nodePool = new ObjectKey("karpenter.sh/v1", "NodePool", "", "gatehouse-gpu");
    assertThat(fixture.live.get(nodePool)).isPresent();
    out.reset();

    new DestroyCommand(options(), List.of(), "lab").run(bench(), plain());

    assertThat(printed())
        .contains("  the nodes of pool gpu (by Karpenter)\n", "pool-gpu is gone\n");
    assertThat(fixture.live.get(nodePool)).isEmpty();
  }

  @Test
  void destroy_homesByName_deletesThemAlone() throws InterruptedException {
    new ApplyCommand(options(), null, null, true).run(bench(), plain());
    claims();

    new DestroyCommand(options(), List.of("homes"), "lab").run(bench(), plain());

    assertThat(claimNames()).containsExactlyInAnyOrder("data-directory-0", "directory-backup");
  }

  @Test
  void destroy_anotherName_deletesNothing() throws InterruptedException {
    new ApplyCommand(options(), null, null, true).run(bench(), plain());

    assertThat(new DestroyCommand(options(), List.of(), null).run(bench(), terminal("prod\n")))
        .isNotZero();
    assertThatThrownBy(() -> new DestroyCommand(options(), List.of(), "prod").run(bench(), plain()))
        .hasMessageContaining("this cluster is called lab");
    assertThat(new PlanCommand(options(), false).run(bench(), plain())).isZero();
  }

  @Test
  void destroy_namespacesWithoutWhatIsInThem_isRefused() {
    assertThatThrownBy(
            () -> new DestroyCommand(options(), List.of("namespaces"), "lab").run(bench(), plain()))
        .hasMessageContaining("homes,directory,backups,namespaces");
  }

  @Test
  void restore_stopsTheServers_restores_andStartsThem() throws InterruptedException, IOException {
    define(DEFINITION.replace("deployed: {}", "deployed: {servers: 2}"));
    new ApplyCommand(options(), null, null, true).run(bench(), plain());
    claims();
    claim("gatehouse", "data-directory-1");
    out.reset();

    assertThat(new RestoreCommand(options(), "a.ldif.gz", false).run(bench(), terminal("yes\n")))
        .isZero();

    assertThat(printed())
        .contains(
            "by the backup 'a.ldif.gz'? (yes/no)", "it is at work", "data-directory-1 is deleted")
        .endsWith("The people and groups are those of the backup 'a.ldif.gz'.\n");
    assertThat(fixture.helm.applied()).endsWith("directory", "directory");
    assertThat(claimNames())
        .containsExactlyInAnyOrder("home-ada", "data-directory-0", "directory-backup");
    assertThat(fixture.live.get(new ObjectKey("batch/v1", "Job", "gatehouse", "directory-restore")))
        .isEmpty();
    assertThat(new PlanCommand(options(), false).run(bench(), plain())).isZero();
  }

  @Test
  void restore_fails_saysWhy_andTheNextApplyStartsTheServers() throws InterruptedException {
    new ApplyCommand(options(), null, null, true).run(bench(), plain());
    claims();
    fixture.controllers.failJobs("BackoffLimitExceeded");

    assertThatThrownBy(() -> new RestoreCommand(options(), null, true).run(bench(), plain()))
        .hasMessageContaining("job-failed")
        .hasMessageContaining("BackoffLimitExceeded");

    assertThat(new PlanCommand(options(), false).run(bench(), plain())).isEqualTo(2);
    assertThat(new ApplyCommand(options(), null, null, true).run(bench(), plain())).isZero();
    assertThat(new PlanCommand(options(), false).run(bench(), plain())).isZero();
  }

  @Test
  void restore_jobOfAnother_isRefused_andTheServersGoOn() throws InterruptedException {
    new ApplyCommand(options(), null, null, true).run(bench(), plain());
    claims();
    var applied = List.copyOf(fixture.helm.applied());
    var job =
        new JobBuilder()
            .withNewMetadata()
            .withName("directory-restore")
            .withNamespace("gatehouse")
            .endMetadata()
            .withNewSpec()
            .withNewTemplate()
            .withNewSpec()
            .withRestartPolicy("Never")
            .addNewContainer()
            .withName("other")
            .withImage("other")
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    var _ = fixture.client.resource(job).create();

    assertThatThrownBy(() -> new RestoreCommand(options(), null, true).run(bench(), plain()))
        .hasMessageContaining("release-not-ours");

    assertThat(fixture.helm.applied()).isEqualTo(applied);
  }

  @Test
  void restore_nothingToRestoreOnto_isRefused() throws IOException {
    assertThatThrownBy(() -> new RestoreCommand(options(), null, true).run(bench(), plain()))
        .hasMessageContaining("directory-backup");
    assertThatThrownBy(() -> new RestoreCommand(options(), "../a", true).run(bench(), plain()))
        .hasMessageContaining("--from");
    define("gateway: {name: lab}\n");
    assertThatThrownBy(() -> new RestoreCommand(options(), null, true).run(bench(), plain()))
        .hasMessageContaining("directory.deployed");
    assertThat(fixture.helm.applied()).isEmpty();
  }

  private void claims() {
    claim("gatehouse-workspaces", "home-ada");
    claim("gatehouse", "data-directory-0");
    claim("gatehouse", "directory-backup");
  }

  private void claim(String namespace, String name) {
    var claim =
        new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .addToLabels("app.kubernetes.io/managed-by", "gatehouse")
            .endMetadata()
            .withNewSpec()
            .withAccessModes("ReadWriteOnce")
            .endSpec()
            .build();
    var made = fixture.client.resource(claim).create();
    var _ =
        fixture
            .client
            .resource(made)
            .edit(c -> c.edit().editMetadata().withFinalizers(List.of()).endMetadata().build());
  }

  private List<String> claimNames() {
    return fixture.client.persistentVolumeClaims().inAnyNamespace().list().getItems().stream()
        .map(claim -> claim.getMetadata().getName())
        .toList();
  }

  private void hostKey() {
    var text = new String(KeyFile.content(KeyFile.generateEd25519()), StandardCharsets.US_ASCII);
    var secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName("gatehouse-keys")
            .withNamespace("gatehouse")
            .endMetadata()
            .addToData(
                "ssh_host_ed25519_key",
                Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII)))
            .build();
    var _ = fixture.client.resource(secret).create();
  }

  private Map<String, String> secret(String name) {
    return fixture.client.secrets().inNamespace("gatehouse").withName(name).get().getData();
  }

  private void define(String text) throws IOException {
    Files.writeString(folder.resolve("cluster.yaml"), text);
  }

  private PlatformOptions options() {
    return new PlatformOptions(folder.resolve("cluster.yaml"), Path.of("k8s"));
  }

  private Workbench bench() {
    return new Workbench(
        fixture.client,
        fixture.helm,
        new AwsAccounts(),
        _ -> fixture.store,
        fixture,
        fixture::pause);
  }

  private Screen plain() {
    return screen("", false);
  }

  private Screen terminal(String input) {
    return screen(input, true);
  }

  private Screen screen(String input, boolean isTerminal) {
    return new Screen(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new BufferedReader(new StringReader(input)),
        isTerminal);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
