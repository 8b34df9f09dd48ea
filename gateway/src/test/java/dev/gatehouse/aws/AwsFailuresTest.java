package dev.gatehouse.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.testkit.aws.AwsServer;
import dev.gatehouse.testkit.aws.FakeEks;
import dev.gatehouse.testkit.aws.FakeSts;
import dev.gatehouse.testkit.aws.Fault;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AwsFailuresTest {
  private static final String OPERATION = "ListNodegroups";

  private final AwsServer server = AwsServer.start(new FakeSts(), new FakeEks("lab"));
  private final Aws aws = server.aws(Optional.of(FakeSts.ACCOUNT));

  @AfterEach
  void close() {
    aws.close();
    server.close();
  }

  @Test
  void call_denied_namesActionAndRole() {
    server.fail(
        OPERATION,
        Fault.denied(
            "eks:ListNodegroups", "arn:aws:sts::123456789012:assumed-role/gatehouse-operator/pod"));
    assertThat(failure())
        .isEqualTo(
            new Failure.Denied(
                "aws-denied",
                "cannot list node groups: the role gatehouse-operator of account 123456789012 may"
                    + " not eks:ListNodegroups; allow it in a policy of the role (docs/aws.md)"));
  }

  @Test
  void call_deniedWithoutAName_saysAWSsWordsWithoutTheEncodedMessage() {
    server.fail(
        OPERATION,
        new Fault.Answer(
            403,
            "UnauthorizedOperation",
            "You are not authorized to perform this operation. Encoded authorization failure"
                + " message: 0a1b2c3d4e5f"));
    assertThat(failure().message())
        .isEqualTo(
            "cannot list node groups: AWS denies it; AWS says: You are not authorized to perform"
                + " this operation.");
  }

  @Test
  void call_throttledTwice_isAskedAgainAndAnswered() {
    server.fail(OPERATION, Fault.throttled429(), Fault.throttled400());
    assertThat(list()).isEqualTo(0);
    assertThat(server.calls()).filteredOn(c -> c.operation().equals(OPERATION)).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "429, ThrottlingException, aws-throttled, 75",
    "400, Throttling, aws-throttled, 75",
    "503, RequestLimitExceeded, aws-throttled, 75",
    "503, SlowDown, aws-throttled, 75",
    "503, ServiceUnavailable, aws-unavailable, 75",
    "500, InternalFailure, aws-unavailable, 75",
    "403, AccessDenied, aws-denied, 77",
    "403, ExpiredTokenException, aws-login-expired, 77",
    "400, RequestExpired, aws-login-expired, 77",
    "403, InvalidClientTokenId, aws-login-expired, 77",
    "403, SignatureDoesNotMatch, aws-login-expired, 77",
    "403, OptInRequired, aws-denied, 77",
    "400, ResourceLimitExceededException, aws-limit, 77",
    "400, InstanceLimitExceeded, aws-limit, 77",
    "409, ResourceInUseException, aws-busy, 75",
    "400, ScalingActivityInProgress, aws-busy, 75",
    "400, InvalidParameterException, aws-refused, 70",
  })
  void call_refused_isToldApart(int status, String awsCode, String code, int exit) {
    var fault = new Fault.Answer(status, awsCode, "its words");
    server.fail(OPERATION, fault, fault, fault);
    var failure = failure();
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.exit().status()).isEqualTo(exit == 75 ? 69 : exit);
    assertThat(failure.message()).startsWith("cannot list node groups").doesNotEndWith(".");
  }

  /** The JDK asks each GET a second time by itself, beside the SDK's three attempts. */
  @Test
  void call_connectionCut_isUnavailable() {
    server.fail(OPERATION, Collections.nCopies(6, new Fault.CutBefore()).toArray(Fault[]::new));
    assertThat(failure().code()).isEqualTo("aws-unavailable");
    assertThat(server.calls()).filteredOn(c -> c.operation().equals(OPERATION)).hasSize(6);
  }

  @Test
  void call_nobodyListens_isUnavailableWithTheReason() {
    server.close();
    assertThat(failure())
        .isInstanceOf(Failure.Unavailable.class)
        .extracting(Failure::message)
        .asString()
        .contains("AWS does not answer (Connection refused)");
  }

  @Test
  void call_credentialsOfAnotherAccount_areRefusedBeforeTheService() {
    try (var other = server.aws(Optional.of("999999999999"))) {
      assertThatExceptionOfType(FailureException.class)
          .isThrownBy(() -> other.eks().listNodegroups(r -> r.clusterName("lab")))
          .withMessage(
              "the credentials are of account 123456789012"
                  + " (arn:aws:sts::123456789012:assumed-role/gatehouse-operator/pod), and"
                  + " cloud.aws.account of the definition is 999999999999: nothing was changed;"
                  + " take credentials of 999999999999, with AWS_PROFILE say (aws-other-account)");
    }
    assertThat(server.calls()).extracting(c -> c.operation()).containsExactly("GetCallerIdentity");
  }

  @Test
  void call_rightAccount_isAskedForOnce() {
    list();
    list();
    assertThat(server.calls())
        .extracting(c -> c.operation())
        .containsExactly("GetCallerIdentity", OPERATION, OPERATION);
  }

  private int list() {
    return AwsFailures.told(
        "list node groups",
        () -> aws.eks().listNodegroups(r -> r.clusterName("lab")).nodegroups().size());
  }

  private Failure failure() {
    try {
      list();
    } catch (FailureException e) {
      return e.failure();
    }
    throw new AssertionError("it was answered");
  }
}
