package dev.gatehouse.aws.nodes;

import dev.gatehouse.aws.Aws;
import dev.gatehouse.aws.AwsFailures;
import dev.gatehouse.cluster.ByteQuantity;
import dev.gatehouse.cluster.Pool;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateBlockDeviceMappingRequest;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateHttpTokensState;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateTagSpecificationRequest;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/**
 * The launch template of a node group, of the same name: an encrypted disk, and an instance
 * metadata service that answers the node alone, not what runs in its pods. Without one, EKS' nodes
 * answer pods too. It never changes, as the name of a group is of what it has.
 */
record LaunchTemplates(Aws aws) {
  private static final int NODE_ALONE = 1;
  private static final ByteQuantity USUAL = new ByteQuantity("100Gi");
  private static final int SYSTEM_GIB = 4;
  private static final long GIB = 1L << 30;

  static ByteQuantity disk(Pool pool) {
    return pool.disk().orElse(USUAL);
  }

  /** One that is there already is left as it is. */
  void make(String name, Pool pool, Map<String, String> tags) {
    AwsFailures.told(
        "make the launch template " + name,
        () -> {
          try {
            return aws.ec2()
                .createLaunchTemplate(
                    r ->
                        r.launchTemplateName(name)
                            .clientToken(name)
                            .launchTemplateData(data(pool, tags))
                            .tagSpecifications(
                                TagSpecification.builder()
                                    .resourceType(ResourceType.LAUNCH_TEMPLATE)
                                    .tags(ec2(tags))
                                    .build()))
                .launchTemplate()
                .launchTemplateName();
          } catch (Ec2Exception e) {
            if (is(e, "InvalidLaunchTemplateName.AlreadyExistsException")) {
              return name;
            }
            throw e;
          }
        });
  }

  void remove(String name) {
    AwsFailures.told(
        "delete the launch template " + name,
        () -> {
          try {
            aws.ec2().deleteLaunchTemplate(r -> r.launchTemplateName(name));
          } catch (Ec2Exception e) {
            if (!is(e, "InvalidLaunchTemplateName.NotFoundException")) {
              throw e;
            }
          }
          return name;
        });
  }

  private static RequestLaunchTemplateData data(Pool pool, Map<String, String> tags) {
    return RequestLaunchTemplateData.builder()
        .metadataOptions(
            m ->
                m.httpTokens(LaunchTemplateHttpTokensState.REQUIRED)
                    .httpPutResponseHopLimit(NODE_ALONE))
        .blockDeviceMappings(disks(pool))
        .tagSpecifications(
            instances(ResourceType.INSTANCE, tags), instances(ResourceType.VOLUME, tags))
        .build();
  }

  private static LaunchTemplateTagSpecificationRequest instances(
      ResourceType type, Map<String, String> tags) {
    return LaunchTemplateTagSpecificationRequest.builder()
        .resourceType(type)
        .tags(ec2(tags))
        .build();
  }

  /** Bottlerocket has its system on a disk of its own. */
  private static List<LaunchTemplateBlockDeviceMappingRequest> disks(Pool pool) {
    var gib = (int) Math.ceilDiv(disk(pool).bytes(), GIB);
    return pool.image().filter(image -> image.startsWith("BOTTLEROCKET_")).isPresent()
        ? List.of(disk("/dev/xvda", SYSTEM_GIB), disk("/dev/xvdb", gib))
        : List.of(disk("/dev/xvda", gib));
  }

  private static LaunchTemplateBlockDeviceMappingRequest disk(String device, int gib) {
    return LaunchTemplateBlockDeviceMappingRequest.builder()
        .deviceName(device)
        .ebs(
            e ->
                e.volumeSize(gib)
                    .volumeType(VolumeType.GP3)
                    .encrypted(true)
                    .deleteOnTermination(true))
        .build();
  }

  private static List<Tag> ec2(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }

  private static boolean is(Ec2Exception e, String code) {
    return code.equals(e.awsErrorDetails().errorCode());
  }
}
