package dev.gatehouse.platform.doctor;

import dev.gatehouse.doctor.Finding;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/** Whether the gateway may do what it does: a Role that lacks a verb is found at the first need. */
final class RightsCheck extends Looking {
  private final KubernetesClient client;
  private final String workspaces;
  private final String gateways;
  private final Optional<String> account;

  /**
   * @param account the user whose rights are asked for; empty for those of the client itself
   */
  RightsCheck(
      KubernetesClient client, String workspaces, String gateways, Optional<String> account) {
    this.client = client;
    this.workspaces = workspaces;
    this.gateways = gateways;
    this.account = account;
  }

  @Override
  public String subject() {
    return "Rights of the gateway";
  }

  @Override
  List<Finding> look() {
    var needed = GatewayRights.of(workspaces, gateways);
    var missing = needed.stream().filter(right -> !isAllowed(right)).toList();
    return missing.isEmpty()
        ? List.of(Finding.ok("all %d that it needs are there".formatted(needed.size())))
        : missing.stream()
            .map(
                right ->
                    Finding.problem(
                        "it may not " + right,
                        "apply the chart 'foundation' again ('gatehouse apply'): its Role has it"))
            .toList();
  }

  private boolean isAllowed(GatewayRights.Right right) {
    var attributes = right.attributes();
    if (account.isPresent()) {
      var review =
          new SubjectAccessReviewBuilder()
              .withNewSpec()
              .withUser(account.get())
              .withResourceAttributes(attributes)
              .endSpec()
              .build();
      return client
          .authorization()
          .v1()
          .subjectAccessReview()
          .create(review)
          .getStatus()
          .getAllowed();
    }
    var review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withResourceAttributes(attributes)
            .endSpec()
            .build();
    return client
        .authorization()
        .v1()
        .selfSubjectAccessReview()
        .create(review)
        .getStatus()
        .getAllowed();
  }
}
