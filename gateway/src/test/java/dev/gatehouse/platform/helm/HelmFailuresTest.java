package dev.gatehouse.platform.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The words of Helm 3.18, 3.21 and 4.1 in front of a real API server, 1.26, as they came. */
final class HelmFailuresTest {
  @ParameterizedTest
  @MethodSource
  void of_wordsOfRealOnes_sayWhatTheyMean(String words, Class<?> type, String line) {
    assertThat(HelmFailures.of(new HelmError(words)))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isInstanceOf(type).returns(line, Failure::line));
  }

  static Stream<Arguments> of_wordsOfRealOnes_sayWhatTheyMean() {
    return Stream.of(
        Arguments.of(
            """
            cannot patch "small-priority" with kind PriorityClass: PriorityClass.scheduling.k8s.io \
            "small-priority" is invalid: value: Forbidden: may not be changed in an update.\
            """,
            Failure.Broken.class,
            "PriorityClass small-priority: value cannot be changed; the object must be replaced"
                + " (immutable-field)"),
        Arguments.of(
            """
            cannot patch "web" with kind StatefulSet: StatefulSet.apps "web" is invalid: spec: \
            Forbidden: updates to statefulset spec for fields other than 'replicas', 'template', \
            'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are \
            forbidden\
            """,
            Failure.Broken.class,
            "StatefulSet web: spec cannot be changed; the object must be replaced"
                + " (immutable-field)"),
        Arguments.of(
            """
            cannot patch "once" with kind Job: Job.batch "once" is invalid: spec.template: Invalid \
            value: core.PodTemplateSpec{ObjectMeta:v1.ObjectMeta{Name:"", UID:""}}: field is \
            immutable\
            """,
            Failure.Broken.class,
            "Job once: spec.template cannot be changed; the object must be replaced"
                + " (immutable-field)"),
        Arguments.of(
            """
            cannot patch "web" with kind StatefulSet: StatefulSet.apps "web" is invalid: \
            spec.replicas: Invalid value: -1: must be greater than or equal to 0\
            """,
            Failure.Broken.class,
            "Helm failed: cannot patch \"web\" with kind StatefulSet: StatefulSet.apps \"web\" is"
                + " invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0"
                + " (helm-failed)"),
        Arguments.of(
            """
            Unable to continue with install: PriorityClass "small-priority" in namespace "" exists \
            and cannot be imported into the current release: invalid ownership metadata; \
            annotation validation error: key "meta.helm.sh/release-name" must equal "other": \
            current value is "small\"\
            """,
            Failure.Denied.class,
            "PriorityClass small-priority is there already and belongs to Helm's release small:"
                + " delete it, or give it to this release (release-not-ours)"),
        Arguments.of(
            """
            unable to continue with install: ConfigMap "settings" in namespace "rooms" exists and \
            cannot be imported into the current release: invalid ownership metadata; label \
            validation error: key "app.kubernetes.io/managed-by" must equal "Helm": current value \
            is "Argo"; annotation validation error: missing key "meta.helm.sh/release-name": must \
            be set to "new\"\
            """,
            Failure.Denied.class,
            "ConfigMap settings in namespace rooms is there already and belongs to Argo:"
                + " delete it, or give it to this release (release-not-ours)"),
        Arguments.of(
            """
            create: failed to create: secrets "sh.helm.release.v1.new.v1" is forbidden: unable to \
            create new content in namespace term because it is being terminated\
            """,
            Failure.Unavailable.class,
            "namespace term is being deleted; try again when it is gone (namespace-terminating)"),
        Arguments.of(
            """
            could not get information about the resource PriorityClass "small-priority" in \
            namespace "": priorityclasses.scheduling.k8s.io "small-priority" is forbidden: User \
            "system:serviceaccount:p4:nobody" cannot get resource "priorityclasses" in API group \
            "scheduling.k8s.io" at the cluster scope\
            """,
            Failure.Denied.class,
            "system:serviceaccount:p4:nobody may not get priorityclasses.scheduling.k8s.io in the"
                + " whole cluster (cluster-denied)"),
        Arguments.of(
            """
            query: failed to query with labels: secrets is forbidden: User "ada" cannot list \
            resource "secrets" in API group "" in the namespace "p4\"\
            """,
            Failure.Denied.class,
            "ada may not list secrets in namespace p4 (cluster-denied)"),
        Arguments.of(
            """
            roles.rbac.authorization.k8s.io "web" is forbidden: user "ada" \
            (groups=["system:authenticated"]) is attempting to grant RBAC permissions not \
            currently held:
            {APIGroups:[""], Resources:["pods"], Verbs:["get"]}\
            """,
            Failure.Denied.class,
            "ada may not create a role with more rights than it has itself (cluster-denied)"),
        Arguments.of(
            """
            failed to delete release: p4
            ---
            uninstall: Failed to delete release: [priorityclasses.scheduling.k8s.io "p" is \
            forbidden: User "ada" cannot delete resource "priorityclasses" in API group \
            "scheduling.k8s.io" at the cluster scope]\
            """,
            Failure.Denied.class,
            "ada may not delete priorityclasses.scheduling.k8s.io in the whole cluster"
                + " (cluster-denied)"),
        Arguments.of(
            """
            Kubernetes cluster unreachable: the server has asked for the client to provide \
            credentials\
            """,
            Failure.Denied.class,
            "the cluster does not accept the login any more: log in to it again"
                + " (cluster-login-expired)"),
        Arguments.of(
            """
            kubernetes cluster unreachable: Get "https://127.0.0.1:1/version": dial tcp \
            127.0.0.1:1: connect: connection refused\
            """,
            Failure.Unavailable.class,
            "the cluster's API server does not answer: kubernetes cluster unreachable: Get"
                + " \"https://127.0.0.1:1/version\": dial tcp 127.0.0.1:1: connect: connection"
                + " refused (kubernetes-unavailable)"),
        Arguments.of(
            "failed to delete release: p4\n---\nuninstall: Deleting p4\n",
            Failure.Broken.class,
            "Helm failed: failed to delete release: p4 (helm-failed)"));
  }

  @Test
  void of_valuesThatTheSchemaRefuses_isThePersonsMistake() {
    var words =
        """
        values don't meet the specifications of the schema(s) in the following chart(s):
        small:
        - at '/network/port': got string, want integer
        - at '': additional properties 'foo' not allowed
        """;
    assertThat(HelmFailures.of(new HelmError(words)))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "the chart small refuses network.port: got string, want integer; values: additional"
                + " properties 'foo' not allowed");
  }
}
