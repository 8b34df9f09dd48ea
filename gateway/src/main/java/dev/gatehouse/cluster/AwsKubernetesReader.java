package dev.gatehouse.cluster;

import dev.gatehouse.cluster.AwsKubernetes.SystemNodes;
import dev.gatehouse.net.Cidr;
import java.util.List;
import java.util.regex.Pattern;

/** The section {@code cloud.aws.kubernetes}. */
record AwsKubernetesReader(Section section) {
  private static final Pattern VERSION = Pattern.compile("1\\.[1-9][0-9]");
  private static final Pattern PRINCIPAL =
      Pattern.compile("arn:aws[a-z-]{0,20}:iam::[0-9]{12}:(role|user)/[\\w+=,.@/-]{1,576}");
  private static final int MOST_NODES = 100;
  private static final List<Cidr> EVERYWHERE = List.of(Cidr.parse("0.0.0.0/0"));
  private static final SystemNodes SYSTEM =
      new SystemNodes(
          List.of("m7i.large", "m6i.large"),
          2,
          4,
          new ByteQuantity("50Gi"),
          "AL2023_x86_64_STANDARD");

  AwsKubernetes read() {
    var kubernetes =
        new AwsKubernetes(
            section.get("version", AwsReader.matching(VERSION, "a version such as '1.35'")),
            section.get("autoMode", Values::flag, false),
            section.get("extendedSupport", Values::flag, false),
            section.list("publicAccessFrom", Values.name(Cidr::parse)).orElse(EVERYWHERE),
            section
                .list(
                    "administrators",
                    AwsReader.matching(PRINCIPAL, "the ARN of a role or user of IAM"))
                .orElse(List.of()),
            system(section.section("system")));
    if (kubernetes.autoMode()) {
      section.refuse("system", "is for a cluster without autoMode, which makes nodes by itself");
    }
    section.refuseUnknownKeys();
    return kubernetes;
  }

  private static SystemNodes system(Section section) {
    var types = section.list("instanceTypes", PoolsReader::word).orElse(SYSTEM.instanceTypes());
    var min = section.get("min", Amounts.integer(1, MOST_NODES), SYSTEM.min());
    var system =
        new SystemNodes(
            types,
            min,
            section.get("max", Amounts.integer(1, MOST_NODES), SYSTEM.max()),
            section.get("disk", Quantities::bytes, SYSTEM.disk()),
            section.get("image", PoolsReader::word, SYSTEM.image()));
    if (types.isEmpty()) {
      section.refuse("instanceTypes", "is an empty list; name one or more");
    }
    if (system.max() < system.min()) {
      section.note(
          "cloud.aws.kubernetes.system.max is %d, which is less than min, %d"
              .formatted(system.max(), system.min()),
          List.of("max", "min"));
    }
    section.refuseUnknownKeys();
    return system;
  }
}
