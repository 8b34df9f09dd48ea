#!/usr/bin/env bash
# JDK 25, HttpURLConnection, and AWS SDK for Java 2.59.1, url-connection-client: a request that gets no answer is sent again.
# A guess: three attempts of the SDK are three requests. In fact the JDK itself sends a request a second time when the server
# closes the connection without an answer, a POST too, unless its body is streamed (setFixedLengthStreamingMode, as the SDK
# does it). So an SDK that is told three attempts makes six of a GET, and three of a POST.
# Whoever counts requests, or has a GET that changes something, should not rely on the number of attempts.
#
# Seen:
#   HttpURLConnection, GET: 2
#   HttpURLConnection, POST: 2
#   HttpURLConnection, POST, streamed: 1
#   SDK, 3 attempts, GET: 6
#   SDK, 3 attempts, POST: 3
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
jars software.amazon.awssdk:eks:2.59.1 software.amazon.awssdk:url-connection-client:2.59.1 org.slf4j:slf4j-nop:2.0.17

cat > Repeats.java <<'END'
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.EksClient;

class Repeats {
  static final AtomicInteger REQUESTS = new AtomicInteger();

  interface Call {
    void run() throws IOException;
  }

  static void count(String title, Call call) {
    REQUESTS.set(0);
    try {
      call.run();
      throw new IllegalStateException("there was an answer");
    } catch (IOException | SdkClientException e) {
      System.out.println(title + ": " + REQUESTS.get());
    }
  }

  static void ask(URI at, String method, boolean streamed) throws IOException {
    var connection = (HttpURLConnection) at.toURL().openConnection();
    connection.setRequestMethod(method);
    if (method.equals("POST")) {
      connection.setDoOutput(true);
      if (streamed) {
        connection.setFixedLengthStreamingMode(1);
      }
      connection.getOutputStream().write('x');
    }
    connection.getResponseCode();
  }

  /** Reads the head of each request, and closes the connection without an answer. */
  static void serve(ServerSocket server) {
    while (true) {
      try (var socket = server.accept()) {
        var head = new StringBuilder();
        for (var c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
          head.append((char) c);
          if (head.toString().endsWith("\r\n\r\n")) {
            REQUESTS.incrementAndGet();
            break;
          }
        }
        socket.getInputStream().skip(socket.getInputStream().available());
        socket.shutdownOutput();
        while (socket.getInputStream().read() >= 0) {}
      } catch (IOException e) {
        // The client has gone.
      }
    }
  }

  public static void main(String[] args) throws IOException {
    var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(() -> serve(server));
    var at = URI.create("http://127.0.0.1:" + server.getLocalPort());
    count("HttpURLConnection, GET", () -> ask(at, "GET", false));
    count("HttpURLConnection, POST", () -> ask(at, "POST", false));
    count("HttpURLConnection, POST, streamed", () -> ask(at, "POST", true));
    try (var eks =
        EksClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(at)
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
            .overrideConfiguration(o -> o.retryStrategy(s -> s.maxAttempts(3)))
            .build()) {
      count("SDK, 3 attempts, GET", () -> eks.listClusters());
      count("SDK, 3 attempts, POST", () -> eks.createCluster(c -> c.name("x").roleArn("r").resourcesVpcConfig(v -> {})));
    }
  }
}
END
java_run Repeats.java > out
seen out
