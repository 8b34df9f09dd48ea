package dev.gatehouse.platform.doctor;

import dev.gatehouse.doctor.Finding;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether quotas leave room for another workspace. */
final class QuotaCheck extends Looking {
  private static final int NEAR = 80;
  private static final int FULL = 100;

  private final KubernetesClient client;
  private final List<String> namespaces;

  QuotaCheck(KubernetesClient client, List<String> namespaces) {
    this.client = client;
    this.namespaces = List.copyOf(namespaces);
  }

  @Override
  public String subject() {
    return "Quotas";
  }

  @Override
  List<Finding> look() {
    var findings = new ArrayList<Finding>();
    for (var namespace : namespaces) {
      for (var quota : client.resourceQuotas().inNamespace(namespace).list().getItems()) {
        findings.addAll(of(quota));
      }
    }
    return findings.isEmpty() ? List.of(Finding.ok("there is room in all of them")) : findings;
  }

  private static List<Finding> of(ResourceQuota quota) {
    var findings = new ArrayList<Finding>();
    var status = quota.getStatus();
    var hard = status == null ? null : status.getHard();
    var used = status == null ? null : status.getUsed();
    for (var limit : Objects.requireNonNullElse(hard, Map.<String, Quantity>of()).entrySet()) {
      var percent = percent(used == null ? null : used.get(limit.getKey()), limit.getValue());
      if (percent < NEAR) {
        continue;
      }
      var what =
          "%s in %s is used to %d %% (%s of %s)"
              .formatted(
                  limit.getKey(),
                  quota.getMetadata().getNamespace(),
                  percent,
                  Objects.requireNonNull(used).get(limit.getKey()),
                  limit.getValue());
      var advice = "raise kubernetes.quota in the definition, or stop workspaces";
      findings.add(percent >= FULL ? Finding.problem(what, advice) : Finding.warning(what, advice));
    }
    return findings;
  }

  private static int percent(@Nullable Quantity used, Quantity hard) {
    var most = hard.getNumericalAmount();
    if (used == null || most.signum() == 0) {
      return 0;
    }
    return used.getNumericalAmount()
        .multiply(BigDecimal.valueOf(FULL))
        .divideToIntegralValue(most)
        .intValue();
  }
}
