package dev.gatehouse.platform;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.platform.Part.GonePool;
import dev.gatehouse.platform.Part.PoolPart;
import dev.gatehouse.platform.objects.ApiFailures;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.ObjectKey;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks before an apply whether the cluster lets the caller do all of it. */
public final class Permissions {
  private final KubernetesClient client;

  /**
   * @param client stays the caller's
   */
  public Permissions(KubernetesClient client) {
    this.client = client;
  }

  private record Right(String verb, String group, String resource, String namespace) {
    @Override
    public String toString() {
      return "%s %s%s%s"
          .formatted(
              verb,
              resource,
              group.isEmpty() ? "" : "." + group,
              namespace.isEmpty() ? " in the whole cluster" : " in namespace " + namespace);
    }
  }

  /**
   * Checks that a plan can be carried out.
   *
   * @param namespace of the gateways, where Helm's records are
   * @throws FailureException {@code rights-missing}, with all that are
   */
  public void check(Plan plan, String namespace) {
    var missing = rights(plan, namespace).stream().filter(right -> !isAllowed(right)).toList();
    if (!missing.isEmpty()) {
      throw new FailureException(
          new Failure.Denied(
              "rights-missing",
              "nothing was changed: the cluster does not let you "
                  + missing.stream().map(Right::toString).collect(Collectors.joining("; "))
                  + "; take other credentials, or ask for these rights"));
    }
  }

  /** A pool is no object of the cluster's: whoever makes its nodes says what they may not. */
  private static Set<Right> rights(Plan plan, String namespace) {
    var rights = new LinkedHashSet<Right>();
    for (var verb : List.of("get", "create", "update")) {
      rights.add(new Right(verb, "coordination.k8s.io", "leases", namespace));
    }
    for (var verb : List.of("get", "list", "create", "update", "delete")) {
      rights.add(new Right(verb, "", "secrets", namespace));
    }
    plan.parts().stream()
        .filter(part -> !(part.part() instanceof PoolPart || part.part() instanceof GonePool))
        .flatMap(part -> part.changes().stream())
        .forEach(change -> verbs(change).forEach(verb -> rights.add(right(verb, change.object()))));
    return rights;
  }

  private static Stream<String> verbs(ObjectChange change) {
    return switch (change.action()) {
      case CREATE -> Stream.of("get", "create");
      case CHANGE -> Stream.of("get", "patch");
      case REPLACE -> Stream.of("get", "delete", "create");
      case DELETE -> Stream.of("get", "delete");
    };
  }

  private static Right right(String verb, ObjectKey object) {
    return new Right(verb, object.group(), LiveObjects.resource(object), object.namespace());
  }

  private boolean isAllowed(Right right) {
    var review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withVerb(right.verb())
            .withGroup(right.group())
            .withResource(right.resource())
            .withNamespace(right.namespace())
            .endResourceAttributes()
            .endSpec()
            .build();
    var answer =
        ApiFailures.told(
            "ask what you may do",
            () -> client.authorization().v1().selfSubjectAccessReview().create(review));
    return answer.getStatus() != null && Boolean.TRUE.equals(answer.getStatus().getAllowed());
  }
}
