package dev.gatehouse.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.aws.AwsServer;
import dev.gatehouse.testkit.aws.FakeSts;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The token's form, which EKS alone takes: see aws-iam-authenticator. */
final class EksTokenTest {
  private static final String PREFIX = "k8s-aws-v1.";

  private Instant now = Instant.parse("2026-11-30T10:00:00Z");
  private final AwsServer server = AwsServer.start(new FakeSts());
  private final Aws aws = server.aws(Optional.empty());
  private final EksToken token = new EksToken(aws, "lab", () -> now);

  @AfterEach
  void close() {
    aws.close();
    server.close();
  }

  @Test
  void get_isASignedCallThatWasNotSent() {
    var text = token.get();
    assertThat(text).startsWith(PREFIX).doesNotContain("=");
    var url =
        URI.create(
            new String(Base64.getUrlDecoder().decode(text.substring(PREFIX.length())), UTF_8));
    assertThat(url.getScheme()).isEqualTo("https");
    assertThat(url.getHost()).isEqualTo("sts.eu-central-1.amazonaws.com");
    assertThat(query(url))
        .containsEntry("Action", "GetCallerIdentity")
        .containsEntry("Version", "2011-06-15")
        .containsEntry("X-Amz-Expires", "60")
        .containsEntry("X-Amz-SignedHeaders", "host;x-k8s-aws-id")
        .containsEntry("X-Amz-Algorithm", "AWS4-HMAC-SHA256")
        .containsKeys("X-Amz-Signature", "X-Amz-Security-Token", "X-Amz-Date");
    assertThat(query(url).get("X-Amz-Credential")).endsWith("/eu-central-1/sts/aws4_request");
    assertThat(url.toString()).doesNotContain(AwsServer.SECRET);
    assertThat(server.calls()).isEmpty();
  }

  @Test
  void get_beforeItEnds_isANewOne() {
    var first = token.get();
    now = now.plus(Duration.ofMinutes(9));
    assertThat(token.get()).isSameAs(first);
    now = now.plus(Duration.ofMinutes(1));
    assertThat(token.get()).isNotSameAs(first);
  }

  private static Map<String, String> query(URI url) {
    return Arrays.stream(url.getQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(p -> p[0], p -> p[1]));
  }
}
