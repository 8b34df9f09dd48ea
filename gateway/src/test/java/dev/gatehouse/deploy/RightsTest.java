package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.kubernetes.ApiServer.Access;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The comparison of rights and use finds what is missing, and what is too much. */
final class RightsTest {
  private static final Access GET_POD = new Access("get", "", "pods", "there", "a");
  private static final Access LIST_SETS = new Access("list", "apps", "statefulsets", "there", "");
  private static final Access READ_LOG = new Access("get", "", "pods/log", "there", "a");
  private static final Access PATCH_MAP = new Access("patch", "", "configmaps", "there", "people");

  private static final String ROLE =
      """
      kind: Role
      metadata: {name: r, namespace: there}
      rules:
        - {apiGroups: [''], resources: [pods], verbs: [get]}
        - {apiGroups: [apps], resources: [statefulsets], verbs: [list]}
        - {apiGroups: [''], resources: [configmaps], resourceNames: [people], verbs: [patch]}
      ---
      kind: RoleBinding
      metadata: {name: r, namespace: there}
      roleRef: {kind: Role, name: r}
      subjects: [{kind: ServiceAccount, name: gateway, namespace: here}]
      """;

  private static final Rights RIGHTS = Rights.of(Manifests.parse(ROLE), "here", "gateway");

  @Test
  void compare_useAndRightsAlike_findsNothing() {
    var used = List.of(GET_POD, LIST_SETS, PATCH_MAP);
    assertThat(RIGHTS.missing(used)).isEmpty();
    assertThat(RIGHTS.unused(used)).isEmpty();
  }

  @Test
  void compare_useOfAnotherVerbGroupSubresourceOrNamespace_isMissing() {
    assertThat(
            RIGHTS.missing(
                List.of(
                    new Access("delete", "", "pods", "there", "a"),
                    new Access("get", "metrics.k8s.io", "pods", "there", "a"),
                    new Access("get", "", "pods", "elsewhere", "a"),
                    READ_LOG)))
        .containsExactly(
            "delete pods a in there",
            "get pods a in elsewhere",
            "get pods.metrics.k8s.io a in there",
            "get pods/log a in there");
  }

  @Test
  void compare_useOfAnotherName_isMissing() {
    assertThat(RIGHTS.missing(List.of(new Access("patch", "", "configmaps", "there", "other"))))
        .containsExactly("patch configmaps other in there");
  }

  @Test
  void compare_rightThatNobodyUses_isUnused() {
    assertThat(RIGHTS.unused(List.of(GET_POD, PATCH_MAP)))
        .containsExactly("list statefulsets.apps in there");
  }

  @Test
  void compare_roleThatIsNotBound_allowsNothing() {
    var rights = Rights.of(Manifests.parse(ROLE), "here", "somebody-else");
    assertThat(rights.missing(List.of(GET_POD))).isNotEmpty();
    assertThat(rights.unused(List.of())).isEmpty();
  }
}
