package dev.gatehouse.testkit.aws;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.CopySnapshotRequest;
import software.amazon.awssdk.services.ec2.model.CopySnapshotResponse;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.CreateLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateRequest;
import software.amazon.awssdk.services.ec2.model.DeleteLaunchTemplateResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotState;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;

/** EC2, as far as pools and snapshots need it. */
public final class FakeEc2 extends AwsService {
  private final Store<Subnet> subnets = new Store<>();
  private final Store<Snapshot> snapshots = new Store<>();
  private final Store<CreateLaunchTemplateRequest> launchTemplates = new Store<>();
  private int pageSize = 100;
  private int made;

  public FakeEc2() {
    super("ec2", Protocol.EC2);
    on(DescribeSubnetsRequest.class, this::describeSubnets);
    on(
        CreateLaunchTemplateRequest.class,
        this::createLaunchTemplate,
        "LaunchTemplateName",
        "LaunchTemplateData");
    on(DeleteLaunchTemplateRequest.class, this::deleteLaunchTemplate);
    on(CreateSnapshotRequest.class, this::createSnapshot, "VolumeId");
    on(CopySnapshotRequest.class, this::copySnapshot, "SourceRegion", "SourceSnapshotId");
    on(DescribeSnapshotsRequest.class, this::describeSnapshots);
    on(DeleteSnapshotRequest.class, this::deleteSnapshot, "SnapshotId");
    for (var zone : List.of("a", "b", "c")) {
      subnet("subnet-" + zone, s -> s.availabilityZone("eu-central-1" + zone));
    }
  }

  /** Adds a subnet of the only VPC. */
  public void subnet(String id, Consumer<Subnet.Builder> more) {
    var subnet =
        Subnet.builder()
            .subnetId(id)
            .vpcId("vpc-1")
            .mapPublicIpOnLaunch(false)
            .availableIpAddressCount(4000);
    more.accept(subnet);
    subnets.put(id, subnet.build());
  }

  private DescribeSubnetsResponse describeSubnets(DescribeSubnetsRequest request) {
    for (var id : request.subnetIds()) {
      if (subnets.current(id).isEmpty()) {
        throw AwsError.bad(
            "InvalidSubnetID.NotFound", "The subnet ID '%s' does not exist".formatted(id));
      }
    }
    return DescribeSubnetsResponse.builder()
        .subnets(
            subnets.readAll().stream()
                .filter(s -> !request.hasSubnetIds() || request.subnetIds().contains(s.subnetId()))
                .filter(s -> matches(request.filters(), name -> ofSubnet(s, name)))
                .toList())
        .build();
  }

  private static List<String> ofSubnet(Subnet subnet, String filter) {
    return switch (filter) {
      case "vpc-id" -> List.of(subnet.vpcId());
      case "subnet-id" -> List.of(subnet.subnetId());
      case "availability-zone" -> List.of(subnet.availabilityZone());
      default -> tags(subnet.tags(), filter);
    };
  }

  // ---- launch templates ----

  /** The request that made it. */
  public Optional<CreateLaunchTemplateRequest> launchTemplate(String name) {
    return launchTemplates.current(name);
  }

  private CreateLaunchTemplateResponse createLaunchTemplate(CreateLaunchTemplateRequest request) {
    var name = request.launchTemplateName();
    var there = launchTemplates.current(name);
    if (there.isPresent() && !Objects.equals(there.get().clientToken(), request.clientToken())) {
      throw AwsError.bad(
          "InvalidLaunchTemplateName.AlreadyExistsException",
          "Launch template name already in use.");
    }
    launchTemplates.put(name, request);
    return CreateLaunchTemplateResponse.builder()
        .launchTemplate(t -> t.launchTemplateName(name).launchTemplateId("lt-1"))
        .build();
  }

  private DeleteLaunchTemplateResponse deleteLaunchTemplate(DeleteLaunchTemplateRequest request) {
    var name = request.launchTemplateName();
    if (launchTemplates.current(name).isEmpty()) {
      throw AwsError.bad(
          "InvalidLaunchTemplateName.NotFoundException",
          "The specified launch template, with template name %s, does not exist.".formatted(name));
    }
    launchTemplates.remove(name);
    return DeleteLaunchTemplateResponse.builder().build();
  }

  // ---- snapshots ----

  /** So many reads after a change still see what was before. */
  public void lag(int reads) {
    snapshots.lag(reads);
  }

  /** What is there, whoever made it. */
  public Collection<Snapshot> snapshots() {
    return snapshots.allCurrent();
  }

  private CreateSnapshotResponse createSnapshot(CreateSnapshotRequest request) {
    var id = "snap-%017x".formatted(++made);
    var tags =
        request.tagSpecifications().stream()
            .filter(t -> t.resourceType() == ResourceType.SNAPSHOT)
            .flatMap(t -> t.tags().stream())
            .toList();
    snapshots.put(
        id,
        Snapshot.builder()
            .snapshotId(id)
            .volumeId(request.volumeId())
            .description(request.description())
            .state(SnapshotState.PENDING)
            .progress("0%")
            .ownerId(FakeSts.ACCOUNT)
            .startTime(Instant.parse("2026-11-30T12:00:00Z"))
            .tags(tags)
            .build());
    return CreateSnapshotResponse.builder()
        .snapshotId(id)
        .volumeId(request.volumeId())
        .state(SnapshotState.PENDING)
        .tags(tags)
        .build();
  }

  /** The copy is in the region that is asked; this stand-in has all regions in one. */
  private CopySnapshotResponse copySnapshot(CopySnapshotRequest request) {
    var id = "snap-%017x".formatted(++made);
    var tags =
        request.tagSpecifications().stream()
            .filter(t -> t.resourceType() == ResourceType.SNAPSHOT)
            .flatMap(t -> t.tags().stream())
            .toList();
    snapshots.put(
        id,
        Snapshot.builder()
            .snapshotId(id)
            .description(request.description())
            .encrypted(request.encrypted())
            .state(SnapshotState.PENDING)
            .ownerId(FakeSts.ACCOUNT)
            .startTime(Instant.parse("2026-11-30T12:00:00Z"))
            .tags(tags)
            .build());
    return CopySnapshotResponse.builder().snapshotId(id).tags(tags).build();
  }

  /** All that is being made is there from now on. */
  public void completeSnapshots() {
    for (var snapshot : List.copyOf(snapshots.allCurrent())) {
      snapshots.put(
          snapshot.snapshotId(), snapshot.toBuilder().state(SnapshotState.COMPLETED).build());
    }
  }

  private DescribeSnapshotsResponse describeSnapshots(DescribeSnapshotsRequest request) {
    var found =
        snapshots.readAll().stream()
            .filter(
                s -> !request.hasSnapshotIds() || request.snapshotIds().contains(s.snapshotId()))
            .filter(s -> matches(request.filters(), name -> ofSnapshot(s, name)))
            .toList();
    var page = Page.of(found, pageSize, request.maxResults(), request.nextToken());
    return DescribeSnapshotsResponse.builder()
        .snapshots(page.items())
        .nextToken(page.next())
        .build();
  }

  private DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) {
    if (snapshots.current(request.snapshotId()).isEmpty()) {
      throw AwsError.bad(
          "InvalidSnapshot.NotFound",
          "The snapshot '%s' does not exist.".formatted(request.snapshotId()));
    }
    snapshots.remove(request.snapshotId());
    return DeleteSnapshotResponse.builder().build();
  }

  private static List<String> ofSnapshot(Snapshot snapshot, String filter) {
    return switch (filter) {
      case "volume-id" -> List.of(snapshot.volumeId());
      case "status" -> List.of(snapshot.stateAsString());
      default -> tags(snapshot.tags(), filter);
    };
  }

  private static List<String> tags(List<Tag> tags, String filter) {
    if (!filter.startsWith("tag:")) {
      throw AwsError.bad("InvalidParameterValue", "The filter '%s' is invalid".formatted(filter));
    }
    return tags.stream().filter(t -> filter.equals("tag:" + t.key())).map(Tag::value).toList();
  }

  /** Whether an object has one of the values of each filter. */
  static boolean matches(List<Filter> filters, Function<String, List<String>> values) {
    return filters.stream()
        .allMatch(f -> f.values().stream().anyMatch(values.apply(f.name())::contains));
  }
}
