package dev.gatehouse.testkit.aws;

import software.amazon.awssdk.core.SdkPojo;

/**
 * A call that arrived.
 *
 * @param service such as {@code eks}
 * @param operation such as {@code CreateNodegroup}
 */
public record AwsCall(String service, String region, String operation, SdkPojo request) {}
