package dev.gatehouse.cluster;

import java.util.Optional;

/**
 * The cloud that the cluster runs in.
 *
 * @param aws absent where nothing of AWS is read or made
 */
public record CloudSettings(Optional<AwsSettings> aws) {
  public static final CloudSettings NONE = new CloudSettings(Optional.empty());
}
