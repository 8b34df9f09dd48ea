package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.cluster.KubernetesSettings;
import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.directory.Person;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceSpec;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Set;

/** A workspace's pod as somebody would get it, to ask whether the cluster would let it in. */
public final class SamplePod {
  private static final int UID = 10_000;
  private static final Person NOBODY =
      new Person(
          new Username("gatehouse-doctor"),
          UID,
          UID,
          "",
          "/home/gatehouse-doctor",
          "/bin/sh",
          Set.of(),
          List.of(),
          false);

  private SamplePod() {}

  public static Pod of(KubernetesSettings settings, MachineType type) {
    var spec =
        new WorkspaceSpec(new WorkspaceId(NOBODY.username(), WorkspaceName.MAIN), NOBODY, type);
    var template =
        new PodTemplate(
                settings, spec, HomeMount.FOLDER, Manifests.home(settings, spec), Prepared.NOTHING)
            .build();
    return new PodBuilder()
        .withMetadata(template.getMetadata())
        .editMetadata()
        .withName("gatehouse-doctor-" + type.name())
        .withNamespace(settings.namespace())
        .endMetadata()
        .withSpec(template.getSpec())
        .build();
  }
}
