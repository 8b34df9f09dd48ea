package dev.gatehouse.aws;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What AWS' refusals mean for whoever plans or applies. Services name the same thing differently;
 * the names are from their API references.
 */
public final class AwsFailures {
  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "UnauthorizedOperation",
          "NotAuthorized",
          "AuthFailure");
  private static final Set<String> EXPIRED =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "RequestExpired",
          "InvalidClientTokenId",
          "UnrecognizedClientException",
          "IncompleteSignature",
          "MissingAuthenticationToken",
          "InvalidAccessKeyId");
  private static final Set<String> CLOCK =
      Set.of("RequestTimeTooSkewed", "SignatureDoesNotMatch", "InvalidSignatureException");
  private static final Set<String> REGION =
      Set.of("OptInRequired", "SubscriptionRequiredException");
  private static final Set<String> LIMIT =
      Set.of(
          "LimitExceeded",
          "LimitExceededException",
          "ResourceLimitExceeded",
          "ResourceLimitExceededException",
          "ServiceQuotaExceededException",
          "VcpuLimitExceeded",
          "InstanceLimitExceeded",
          "SnapshotLimitExceeded",
          "MaxSpotInstanceCountExceeded");

  /** Somebody else is just changing the same thing, or it is not yet ready for a change. */
  private static final Set<String> BUSY =
      Set.of(
          "ResourceInUseException",
          "ResourceInUse",
          "ScalingActivityInProgress",
          "ResourceContention",
          "OperationInProgressException",
          "ConcurrentModificationException",
          "IncorrectState",
          "IncorrectInstanceState");

  private static final Pattern WHO = Pattern.compile("[Uu]ser:? (arn:\\S+)");
  private static final Pattern ACTION = Pattern.compile("perform:? \\[?([a-z0-9-]+:\\w+)");
  private static final Pattern RESOURCE = Pattern.compile("on resource: (arn:[^\\s\"]+)");
  private static final Pattern ENCODED =
      Pattern.compile("\\s*Encoded authorization failure message: \\S+");

  private static final int SERVER_ERROR = 500;

  private AwsFailures() {}

  /**
   * Does something, and tells a refusal as a failure.
   *
   * @param what was to be done, such as {@code scale the node group cpu}
   */
  public static <T> T told(String what, Supplier<T> action) {
    try {
      return action.get();
    } catch (SdkException e) {
      throw new FailureException(of(what, e), e);
    }
  }

  /** Whether AWS has refused it for being asked too often, and so has surely not done it. */
  static boolean isThrottled(SdkException e) {
    return e instanceof AwsServiceException service && service.isThrottlingException();
  }

  /** Whether nobody knows if AWS has done it: no answer came, or one of a server that failed. */
  static boolean isUnknown(SdkException e) {
    return e instanceof AwsServiceException service
        ? service.statusCode() >= SERVER_ERROR && !service.isThrottlingException()
        : !isWithoutCredentials(e);
  }

  static Failure of(String what, SdkException e) {
    return e instanceof AwsServiceException service ? answered(what, service) : noAnswer(what, e);
  }

  private static Failure answered(String what, AwsServiceException e) {
    var details = Optional.ofNullable(e.awsErrorDetails());
    var code = details.map(AwsErrorDetails::errorCode).orElse("");
    var message = details.map(AwsErrorDetails::errorMessage).orElse("");
    var words = words(message, code, e.statusCode());
    if (e.isThrottlingException()) {
      return new Failure.Unavailable(
          "aws-throttled",
          "cannot %s: AWS says that this account asks too often (%s); run this again in a minute"
              .formatted(what, Quote.plain(code)));
    }
    if (DENIED.contains(code)) {
      return denied(what, message, words);
    }
    if (EXPIRED.contains(code)) {
      return new Failure.Denied(
          "aws-login-expired",
          "cannot %s: AWS does not take these credentials (any more) (%s); log in to AWS anew, and run this again"
              .formatted(what, Quote.plain(code)));
    }
    if (CLOCK.contains(code)) {
      return new Failure.Denied(
          "aws-login-expired",
          "cannot %s: AWS does not take the signature (%s): the secret key is wrong, or this machine's clock is; AWS says: %s"
              .formatted(what, Quote.plain(code), words));
    }
    if (REGION.contains(code)) {
      return new Failure.Denied(
          "aws-denied",
          "cannot %s: the account has not enabled this region or service; AWS says: %s"
              .formatted(what, words));
    }
    if (LIMIT.contains(code)) {
      return new Failure.Denied(
          "aws-limit",
          "cannot %s: a quota of the account is used up; ask AWS for a higher one under Service Quotas; AWS says: %s"
              .formatted(what, words));
    }
    if (BUSY.contains(code)) {
      return new Failure.Unavailable(
          "aws-busy",
          "cannot %s now: AWS is still changing it; run this again when it is done; AWS says: %s"
              .formatted(what, words));
    }
    return e.statusCode() >= SERVER_ERROR
        ? new Failure.Unavailable(
            "aws-unavailable",
            "cannot %s: AWS fails (%d %s); run this again in some minutes"
                .formatted(what, e.statusCode(), Quote.plain(code)))
        : new Failure.Broken("aws-refused", "cannot %s: AWS says: %s".formatted(what, words));
  }

  /** AWS names who asked, for which action, and often on what. */
  private static Failure denied(String what, String message, String words) {
    var who = found(WHO, message).map(AwsFailures::role).orElse("these credentials");
    var on = found(RESOURCE, message).map(arn -> " on " + arn).orElse("");
    return found(ACTION, message)
        .map(
            action ->
                new Failure.Denied(
                    "aws-denied",
                    "cannot %s: %s may not %s%s; allow it in a policy of the role (docs/aws.md)"
                        .formatted(what, who, action, on)))
        .orElseGet(
            () ->
                new Failure.Denied(
                    "aws-denied", "cannot %s: AWS denies it; AWS says: %s".formatted(what, words)));
  }

  /** Of a session of a role, {@code arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION}, the role. */
  private static String role(String arn) {
    var parts = arn.split("[:/]", -1);
    return parts.length == 8 && parts[5].equals("assumed-role")
        ? "the role %s of account %s".formatted(parts[6], parts[4])
        : arn;
  }

  private static Failure noAnswer(String what, SdkException e) {
    if (isWithoutCredentials(e)) {
      return new Failure.Denied(
          "aws-no-credentials",
          ("cannot %s: no credentials for AWS were found; log in to AWS (aws sso login, or"
                  + " AWS_PROFILE), or give the operator's service account a role (docs/aws.md)")
              .formatted(what));
    }
    return e instanceof SdkClientException
        ? new Failure.Unavailable(
            "aws-unavailable",
            "cannot %s: AWS does not answer (%s); run this again in some minutes"
                .formatted(what, Quote.plain(reason(e))))
        : new Failure.Broken("aws-broken", "cannot %s: %s".formatted(what, Quote.plain(reason(e))));
  }

  private static boolean isWithoutCredentials(SdkException e) {
    var message = String.valueOf(e.getMessage());
    return message.contains("Unable to load credentials")
        || message.contains("Failed to load credentials")
        || message.contains("Token is expired")
        || message.contains("security token included in the request is expired");
  }

  /** The innermost has the operating system's words, such as {@code Connection refused}. */
  private static String reason(Throwable e) {
    var cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  private static String words(String message, String code, int status) {
    var said = Quote.plain(ENCODED.matcher(message).replaceAll(""));
    return said.isEmpty() ? "%d %s".formatted(status, Quote.plain(code)) : said;
  }

  private static Optional<String> found(Pattern pattern, String message) {
    var match = pattern.matcher(message);
    return match.find() ? Optional.of(Quote.plain(match.group(1))) : Optional.empty();
  }
}
