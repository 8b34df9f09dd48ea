package dev.gatehouse.clients;

import dev.gatehouse.testkit.TargetFixture;
import dev.gatehouse.testkit.kubernetes.KubernetesTarget;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The product as a whole: the gateway and a workspace that is a pod, with the toolbox's sshd. */
class GatewayToKubernetesIT extends AllClients {
  @RegisterExtension static final TargetFixture TARGET = TargetFixture.of(KubernetesTarget::start);
}
