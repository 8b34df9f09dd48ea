package dev.gatehouse.aws.storage;

import dev.gatehouse.aws.Aws;
import dev.gatehouse.aws.AwsFailures;
import dev.gatehouse.aws.Pause;
import dev.gatehouse.aws.Unrepeated;
import dev.gatehouse.platform.snapshots.SnapshotCopies;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CopySnapshotRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotState;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * Copies of EBS snapshots by EC2. CopySnapshot takes no client token: each copy has tags that say
 * what it is of, and before a copy is asked for again somebody looks for them.
 */
public final class EbsCopies implements SnapshotCopies {
  static final String CLUSTER = "gatehouse.dev/cluster";
  static final String COPY_OF = "gatehouse.dev/copy-of";
  static final String HOME = "gatehouse.dev/home";
  static final String TAKEN = "gatehouse.dev/taken";

  private final Aws aws;
  private final String cluster;
  private final Unrepeated unrepeated;

  /**
   * @param aws in the region of the cluster
   * @param cluster its name, by which copies are told from those of others
   */
  public EbsCopies(Aws aws, String cluster, Pause pause) {
    this.aws = aws;
    this.cluster = cluster;
    this.unrepeated = new Unrepeated(pause);
  }

  @Override
  public List<Copy> in(String region) {
    return AwsFailures.told(
        "list the copies of snapshots in " + region,
        () ->
            ours(region, tag(CLUSTER, cluster)).stream()
                .flatMap(snapshot -> read(snapshot).stream())
                .toList());
  }

  private List<Snapshot> ours(String region, Filter filter) {
    return client(region)
        .describeSnapshotsPaginator(r -> r.ownerIds("self").filters(filter))
        .snapshots()
        .stream()
        .toList();
  }

  private Ec2Client client(String region) {
    return aws.in(region).ec2();
  }

  private static Filter tag(String key, String value) {
    return Filter.builder().name("tag:" + key).values(value).build();
  }

  /** Empty if somebody has changed its tags, or AWS has failed to make it. */
  private static Optional<Copy> read(Snapshot snapshot) {
    var tags = new TreeMap<String, String>();
    snapshot.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    var of = tags.get(COPY_OF);
    var home = tags.get(HOME);
    var taken = tags.get(TAKEN);
    if (of == null || home == null || taken == null || snapshot.state() == SnapshotState.ERROR) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Copy(
              snapshot.snapshotId(),
              new Source(of, home, Instant.parse(taken)),
              snapshot.state() == SnapshotState.COMPLETED));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  @Override
  public void copy(Source source, String region) throws InterruptedException {
    var what = "copy the snapshot %s to %s".formatted(source.handle(), region);
    try {
      var _ =
          unrepeated.<String>ask(
              () -> made(source, region),
              once ->
                  client(region)
                      .copySnapshot(request(source).toBuilder().overrideConfiguration(once).build())
                      .snapshotId());
    } catch (SdkException e) {
      var _ =
          AwsFailures.<Object>told(
              what,
              () -> {
                throw e;
              });
    }
  }

  private Optional<String> made(Source source, String region) {
    return ours(region, tag(COPY_OF, source.handle())).stream()
        .flatMap(snapshot -> read(snapshot).stream())
        .map(Copy::id)
        .findFirst();
  }

  private CopySnapshotRequest request(Source source) {
    var tags =
        Map.of(
            CLUSTER, cluster,
            COPY_OF, source.handle(),
            HOME, source.home(),
            TAKEN, source.taken().toString());
    return CopySnapshotRequest.builder()
        .sourceRegion(aws.region())
        .sourceSnapshotId(source.handle())
        .description("%s at %s, of %s".formatted(source.home(), source.taken(), source.handle()))
        // By the key for EBS of the other region; what was encrypted is so in any case.
        .encrypted(true)
        .tagSpecifications(
            TagSpecification.builder()
                .resourceType(ResourceType.SNAPSHOT)
                .tags(
                    tags.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                        .toList())
                .build())
        .build();
  }

  @Override
  public void delete(Copy copy, String region) {
    var _ =
        AwsFailures.told(
            "delete the copy %s in %s".formatted(copy.id(), region),
            () -> client(region).deleteSnapshot(r -> r.snapshotId(copy.id())));
  }
}
