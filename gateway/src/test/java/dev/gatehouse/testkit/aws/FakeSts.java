package dev.gatehouse.testkit.aws;

import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Says whose credentials they are. */
public final class FakeSts extends AwsService {
  public static final String ACCOUNT = "123456789012";

  public FakeSts() {
    this(ACCOUNT);
  }

  public FakeSts(String account) {
    super("sts", Protocol.QUERY);
    on(
        GetCallerIdentityRequest.class,
        _ ->
            GetCallerIdentityResponse.builder()
                .account(account)
                .arn("arn:aws:sts::%s:assumed-role/gatehouse-operator/pod".formatted(account))
                .userId("AROAEXAMPLE:pod")
                .build());
  }
}
