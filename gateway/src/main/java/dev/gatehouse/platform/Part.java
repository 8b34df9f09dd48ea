package dev.gatehouse.platform;

import dev.gatehouse.cluster.AwsSettings.NodeEngine;
import dev.gatehouse.cluster.CloudSettings;
import dev.gatehouse.cluster.Pool;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.platform.helm.Release;
import dev.gatehouse.platform.secrets.FirstAdministrator;
import dev.gatehouse.platform.stacks.Stack;
import dev.gatehouse.platform.values.GuardRails;
import java.util.Optional;

/** Something that is planned and applied as a whole, one after the other. */
public sealed interface Part {
  /** As the status and a plan name it. */
  String name();

  /**
   * The namespace that the first release is recorded in: Helm needs it to begin.
   *
   * @param namespace its name
   * @param release that adopts it
   */
  record OwnNamespace(String namespace, String release) implements Part {
    @Override
    public String name() {
      return "namespace";
    }
  }

  /** A chart with its values. */
  record ReleasePart(Release release) implements Part {
    @Override
    public String name() {
      return release.name();
    }
  }

  /**
   * The certificate and the passwords of a directory that is ours. They are made once.
   *
   * @param administrator the first of them; absent if there are some
   */
  record DirectorySecretsPart(String namespace, Optional<FirstAdministrator> administrator)
      implements Part {
    @Override
    public String name() {
      return "directory-secrets";
    }
  }

  /**
   * The nodes of a pool.
   *
   * @param cloud which says who makes them, if the definition does
   */
  record PoolPart(Pool pool, CloudSettings cloud) implements Part {
    @Override
    public String name() {
      return GuardRails.ofPool(pool.name().value());
    }
  }

  /**
   * A pool that the platform has made and the definition no longer has.
   *
   * @param engine which made it
   */
  record GonePool(PoolName pool, NodeEngine engine, CloudSettings cloud) implements Part {
    @Override
    public String name() {
      return GuardRails.ofPool(pool.value());
    }
  }

  /**
   * A stack of the cloud account.
   *
   * @param isStale whether it is there and should be no more; of the stack only the name counts
   *     then
   */
  record StackPart(Stack stack, boolean isStale) implements Part {
    @Override
    public String name() {
      return stack.name();
    }
  }

  /**
   * The definition itself.
   *
   * @param text as the person wrote it
   */
  record DefinitionPart(String text) implements Part {
    @Override
    public String name() {
      return "definition";
    }
  }
}
