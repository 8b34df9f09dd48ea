#!/usr/bin/env bash
# AWS SDK for Java 2.59.1, auth: at DEBUG the log has the session token of the credentials.
# A guess: the SDK keeps secrets out of its log, since the request that it logs has no header's value. In fact the signer
# logs the canonical request, which has x-amz-security-token in clear text. It is no password, but with the key's ID and
# the secret it is one of the three parts of the credentials, and it stays valid for hours.
# Whoever lets people raise the level of a log should keep software.amazon.awssdk at WARN.
#
# Seen:
#   lines with the token: yes
#   x-amz-security-token:the-token-of-the-session
#   lines with the secret key: no
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
jars software.amazon.awssdk:sts:2.59.1 software.amazon.awssdk:url-connection-client:2.59.1 org.slf4j:slf4j-simple:2.0.17

cat > LogsToken.java <<'END'
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

class LogsToken {
  public static void main(String[] args) {
    var credentials = AwsSessionCredentials.create("AKIAEXAMPLE", "the-secret-key", "the-token-of-the-session");
    try (var sts =
        StsClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(URI.create("http://127.0.0.1:1"))
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .overrideConfiguration(o -> o.retryStrategy(s -> s.maxAttempts(1)))
            .build()) {
      sts.getCallerIdentity();
      throw new IllegalStateException("there was an answer");
    } catch (SdkClientException e) {
      // Nothing listens there: the request was signed, and that is enough.
    }
  }
}
END
java_run -Dorg.slf4j.simpleLogger.defaultLogLevel=debug -Dorg.slf4j.simpleLogger.logFile=log LogsToken.java
holds() { grep -q -- "$1" log && echo yes || echo no; }
{
  echo "lines with the token: $(holds the-token-of-the-session)"
  grep -o 'x-amz-security-token:the-token.*' log | sort -u
  echo "lines with the secret key: $(holds the-secret-key)"
} > out
seen out
