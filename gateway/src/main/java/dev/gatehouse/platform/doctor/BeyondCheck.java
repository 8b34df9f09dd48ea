package dev.gatehouse.platform.doctor;

import dev.gatehouse.doctor.Check;
import dev.gatehouse.doctor.Finding;
import java.util.List;

/** Says what a gateway cannot see: silence would read as "all is well". */
final class BeyondCheck implements Check {
  @Override
  public String subject() {
    return "Not seen from here";
  }

  @Override
  public List<Finding> findings() {
    return List.of(
        Finding.notChecked(
            "storage, priorities, quotas, admission, the load balancer, isolation and certificates",
            "'gatehouse doctor' with a kubeconfig looks at them too"));
  }
}
