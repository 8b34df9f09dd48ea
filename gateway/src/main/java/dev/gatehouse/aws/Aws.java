package dev.gatehouse.aws;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The clients of AWS' services for one account and region. Each is made at its first use: making
 * the first takes seconds, and most that could use AWS do not. They share connections and
 * credentials; those come from where the SDK looks by default: environment, web identity, profile,
 * container.
 *
 * <p>Calls block. What they throw is for {@link AwsFailures}.
 */
public final class Aws implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ATTEMPT = Duration.ofSeconds(30);

  /** All attempts of a call, and the pauses between them. */
  private static final Duration CALL = Duration.ofMinutes(2);

  /** Where prices are told, for all regions: most regions have no such endpoint. */
  private static final Region PRICING = Region.US_EAST_1;

  private final Region region;
  private final Optional<String> account;
  private final Consumer<AwsClientBuilder<?, ?>> more;
  private final AccountCheck check;
  private final Map<String, Aws> elsewhere = new ConcurrentHashMap<>();

  private final Lazy<SdkHttpClient> http =
      new Lazy<>(
          () ->
              UrlConnectionHttpClient.builder()
                  .connectionTimeout(CONNECT)
                  .socketTimeout(ATTEMPT)
                  .build());
  private final Lazy<DefaultCredentialsProvider> credentials =
      new Lazy<>(() -> DefaultCredentialsProvider.builder().build());

  private final Lazy<StsClient> sts;
  private final Lazy<Identity> identity;
  private final Lazy<EksClient> eks;
  private final Lazy<AutoScalingClient> autoScaling;
  private final Lazy<Ec2Client> ec2;
  private final Lazy<CloudFormationClient> cloudFormation;
  private final Lazy<PricingClient> pricing;

  /**
   * Makes none of the clients.
   *
   * @param region such as {@code eu-central-1}
   * @param account whose credentials are taken; empty: any
   */
  public Aws(String region, Optional<String> account) {
    this(region, account, _ -> {});
  }

  /**
   * Makes none of the clients.
   *
   * @param more what tests set of each client: the endpoint, credentials, pauses
   */
  public Aws(String region, Optional<String> account, Consumer<AwsClientBuilder<?, ?>> more) {
    this.region = Region.of(region);
    this.account = account;
    this.more = more;
    check = new AccountCheck(account, this::identity);
    sts = new Lazy<>(() -> unchecked(StsClient.builder()).build());
    identity = new Lazy<>(this::askIdentity);
    eks = new Lazy<>(() -> checked(EksClient.builder()).build());
    autoScaling = new Lazy<>(() -> checked(AutoScalingClient.builder()).build());
    ec2 = new Lazy<>(() -> checked(Ec2Client.builder()).build());
    cloudFormation = new Lazy<>(() -> checked(CloudFormationClient.builder()).build());
    pricing = new Lazy<>(() -> checked(PricingClient.builder()).region(PRICING).build());
  }

  public String region() {
    return region.id();
  }

  /** Returns whose credentials these are; asks STS the first time. */
  public Identity identity() {
    return identity.get();
  }

  /** Those that the clients sign with. */
  IdentityProvider<? extends AwsCredentialsIdentity> credentials() {
    return sts.get().serviceClientConfiguration().credentialsProvider();
  }

  public EksClient eks() {
    return eks.get();
  }

  public AutoScalingClient autoScaling() {
    return autoScaling.get();
  }

  public Ec2Client ec2() {
    return ec2.get();
  }

  public CloudFormationClient cloudFormation() {
    return cloudFormation.get();
  }

  public PricingClient pricing() {
    return pricing.get();
  }

  /** Returns the same account's clients for another region, which this closes. */
  public Aws in(String other) {
    return other.equals(region())
        ? this
        : elsewhere.computeIfAbsent(other, name -> new Aws(name, account, more));
  }

  @Override
  public void close() {
    elsewhere.values().forEach(Aws::close);
    for (var client : List.of(eks, autoScaling, ec2, cloudFormation, pricing, sts)) {
      client.ifMade(SdkClient::close);
    }
    credentials.ifMade(DefaultCredentialsProvider::close);
    http.ifMade(SdkHttpClient::close);
  }

  private Identity askIdentity() {
    var found =
        AwsFailures.told("find out whose credentials these are", sts.get()::getCallerIdentity);
    return new Identity(found.account(), found.arn());
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B checked(B builder) {
    return set(builder, true);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B unchecked(
      B builder) {
    return set(builder, false);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B set(
      B builder, boolean ofAccount) {
    builder
        .region(region)
        .credentialsProvider(credentials.get())
        .httpClient(http.get())
        .overrideConfiguration(
            all -> {
              all.apiCallAttemptTimeout(ATTEMPT)
                  .apiCallTimeout(CALL)
                  .retryStrategy(RetryMode.STANDARD);
              if (ofAccount) {
                all.addExecutionInterceptor(check);
              }
            });
    more.accept(builder);
    return builder;
  }
}
