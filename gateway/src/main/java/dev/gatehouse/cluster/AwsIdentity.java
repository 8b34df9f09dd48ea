package dev.gatehouse.cluster;

import java.util.Optional;

/**
 * As whom people are known to AWS in a workspace.
 *
 * @param role the ARN of the role of IAM; empty for the one that the platform's stack makes and
 *     ties to the ServiceAccount by EKS Pod Identity
 */
public record AwsIdentity(Optional<String> role) {}
