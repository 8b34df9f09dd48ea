package dev.gatehouse.aws;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.function.Supplier;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;

/**
 * Tokens by which a cluster of EKS knows who calls: a call of STS' GetCallerIdentity that is signed
 * and not sent. EKS sends it, and is told the caller's role. See the page "aws-iam-authenticator"
 * of the project of that name, whose form of the token EKS takes.
 */
public final class EksToken implements Supplier<String> {
  private static final String PREFIX = "k8s-aws-v1.";

  /** Binds the token to one cluster, so that no other takes it. */
  private static final String CLUSTER = "x-k8s-aws-id";

  /** STS takes the signature for that long; EKS itself takes the token for 15 minutes. */
  private static final Duration SIGNED_FOR = Duration.ofSeconds(60);

  private static final Duration USED_FOR = Duration.ofMinutes(10);

  private final Aws aws;
  private final String cluster;
  private final InstantSource clock;
  private String token = "";
  private Instant until = Instant.MIN;

  /**
   * @param aws whose credentials it carries; stays the caller's
   */
  public EksToken(Aws aws, String cluster, InstantSource clock) {
    this.aws = aws;
    this.cluster = cluster;
    this.clock = clock;
  }

  /** Returns one that is good for five minutes at least. Asks nobody but for credentials. */
  @Override
  public synchronized String get() {
    var now = clock.instant();
    if (!now.isBefore(until)) {
      token = AwsFailures.told("make a token for the cluster " + cluster, this::signed);
      until = now.plus(USED_FOR);
    }
    return token;
  }

  private String signed() {
    var region = Region.of(aws.region());
    var request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(
                URI.create(
                    "https://sts.%s.%s/"
                        .formatted(region.id(), region.metadata().partition().dnsSuffix())))
            .putRawQueryParameter("Action", "GetCallerIdentity")
            .putRawQueryParameter("Version", "2011-06-15")
            .putHeader(CLUSTER, cluster)
            .build();
    var url =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(aws.credentials().resolveIdentity().join())
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.id())
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, SIGNED_FOR))
            .request()
            .getUri();
    return PREFIX
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(url.toString().getBytes(StandardCharsets.UTF_8));
  }
}
