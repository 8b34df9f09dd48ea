package dev.gatehouse.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.aws.AwsAccounts;
import dev.gatehouse.aws.nodes.AwsPools;
import dev.gatehouse.cluster.AwsSettings.NodeEngine;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * As much of AWS as an operator's first calls need, on a free port of 127.0.0.1: credentials as Pod
 * Identity hands them out, whose they are, and a cluster without groups of nodes. It leads the SDK
 * of this process to itself.
 */
final class TrainingAws implements AutoCloseable {
  private static final String ACCOUNT = "123456789012";
  private static final String DEFINITION =
      """
      cloud: {aws: {region: eu-central-1, account: '%s', cluster: training}}
      pools: {training: {max: 1, instanceTypes: [m7i.large]}}
      """
          .formatted(ACCOUNT);

  private final HttpServer http;

  TrainingAws() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", TrainingAws::answer);
    http.start();
    var url = "http://127.0.0.1:%d".formatted(http.getAddress().getPort());
    System.setProperty("aws.endpointUrl", url);
    System.setProperty("aws.containerCredentialsFullUri", url + "/credentials");
    System.setProperty("aws.containerAuthorizationToken", "training");
    System.setProperty("aws.disableEc2Metadata", "true");
  }

  /** Asks what the operator asks first: whose credentials these are, and which groups there are. */
  void ask() {
    var definition = ClusterDefinitionFile.parse("training", DEFINITION);
    var settings = definition.cloud().aws().orElseThrow();
    try (var accounts = new AwsAccounts()) {
      var pools =
          new AwsPools(
              accounts::of, () -> false, Duration.ZERO, InstantSource.system(), Thread::sleep);
      for (var kind : List.of(NodeEngine.NODE_GROUPS, NodeEngine.SCALING_GROUPS)) {
        var engine = pools.of(kind, settings).orElseThrow();
        for (var pool : definition.pools().values()) {
          engine.look(pool);
        }
      }
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      var answer = answer(exchange.getRequestURI().getPath(), asked).getBytes(UTF_8);
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static String answer(String path, String form) {
    if (path.equals("/credentials")) {
      return """
      {"AccessKeyId": "training", "SecretAccessKey": "training", "Token": "training",
       "Expiration": "2100-01-01T00:00:00Z"}
      """;
    }
    if (form.contains("Action=GetCallerIdentity")) {
      return """
      <GetCallerIdentityResponse><GetCallerIdentityResult>
        <Account>%s</Account><Arn>arn:aws:iam::%s:user/training</Arn><UserId>training</UserId>
      </GetCallerIdentityResult></GetCallerIdentityResponse>
      """
          .formatted(ACCOUNT, ACCOUNT);
    }
    return form.contains("Action=DescribeAutoScalingGroups")
        ? """
        <DescribeAutoScalingGroupsResponse><DescribeAutoScalingGroupsResult>
          <AutoScalingGroups/>
        </DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>
        """
        : "{\"nodegroups\": []}";
  }
}
