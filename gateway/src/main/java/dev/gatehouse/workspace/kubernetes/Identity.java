package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.key.SshPublicKey;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;

/** Reads a workspace's Secret. */
final class Identity {
  private Identity() {}

  /** Whether it holds a key for the sshd to show. */
  static boolean isWhole(Secret identity) {
    var data = identity.getData();
    return data != null
        && Stream.of(Manifests.HOST_KEY, Manifests.HOST_KEY_PUB)
            .allMatch(part -> data.containsKey(part) && !data.get(part).isEmpty());
  }

  /** The only key that its sshd may show. */
  static SshPublicKey hostKey(Secret identity) {
    try {
      var line = Base64.getDecoder().decode(identity.getData().get(Manifests.HOST_KEY_PUB));
      return SshPublicKey.parse(new String(line, StandardCharsets.US_ASCII).strip());
    } catch (RuntimeException e) {
      throw new FailureException(
          new Failure.Broken(
              "host-key-unreadable",
              "the Secret %s holds no host key".formatted(identity.getMetadata().getName())),
          e);
    }
  }
}
