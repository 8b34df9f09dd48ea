#!/usr/bin/env bash
# AWS SDK for Java 2.59.1, ec2: copySnapshot does not work with an endpoint of one's own, and other calls do.
# A guess: with endpointOverride and a region the client asks that endpoint, whatever the call. In fact the SDK presigns a
# second request for CopySnapshot, takes the name of the host apart to find its region, and gives up. An endpoint on
# localhost, or of a stand-in, is no such name. The exception is no SdkException, which callers catch.
# With a presigned URL in the request, whatever it holds, the SDK makes none.
#
# Seen:
#   describeSnapshots: asks the endpoint
#   copySnapshot: IllegalArgumentException: Could not determine region for 127.0.0.1
#   copySnapshot, with a presigned URL: asks the endpoint
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
jars software.amazon.awssdk:ec2:2.59.1 software.amazon.awssdk:url-connection-client:2.59.1 org.slf4j:slf4j-nop:2.0.17

cat > CopySnapshot.java <<'END'
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

class CopySnapshot {
  static void call(String title, Runnable call) {
    try {
      call.run();
      throw new IllegalStateException("there was an answer");
    } catch (SdkClientException | IllegalArgumentException e) {
      var isAsked = e.getMessage().contains("Connection refused");
      System.out.println(
          title + ": " + (isAsked ? "asks the endpoint" : e.getClass().getSimpleName() + ": " + e.getMessage().lines().findFirst().get()));
    }
  }

  public static void main(String[] args) {
    try (var ec2 =
        Ec2Client.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(URI.create("http://127.0.0.1:1"))
            .region(Region.EU_WEST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .overrideConfiguration(o -> o.retryStrategy(s -> s.maxAttempts(1)))
            .build()) {
      call("describeSnapshots", () -> ec2.describeSnapshots());
      call("copySnapshot", () -> ec2.copySnapshot(c -> c.sourceRegion("eu-central-1").sourceSnapshotId("snap-1")));
      call(
          "copySnapshot, with a presigned URL",
          () -> ec2.copySnapshot(c -> c.sourceRegion("eu-central-1").sourceSnapshotId("snap-1").presignedUrl("x")));
    }
  }
}
END
java_run CopySnapshot.java > out
seen out
