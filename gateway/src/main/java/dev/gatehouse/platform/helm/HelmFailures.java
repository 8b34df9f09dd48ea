package dev.gatehouse.platform.helm;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What Helm's words mean. Helm has no error codes: its words, and within them the API server's, are
 * all there is. They were read from Helm 3.21 and 4.1 on a real API server; what is not known here
 * is {@code helm-failed}, with the words.
 */
final class HelmFailures {
  private static final Pattern SCHEMA =
      Pattern.compile("(?s)values don't meet the specifications of the schema\\(s\\).*?:\\s*(.*)");

  /** Helm before 3.18.5 names {@code gateway.replicas} or {@code (root)}, without "at". */
  private static final Pattern REFUSED_VALUE =
      Pattern.compile("(?m)^- (?:at '([^']*)'|([^:\\s]+)): (.*)$");

  private static final Pattern CHART = Pattern.compile("(?m)^(\\S+):$");
  private static final Pattern TERMINATING =
      Pattern.compile("in namespace (\\S+) because it is being terminated");
  private static final Pattern NOT_OURS =
      Pattern.compile(
          "(\\w+) \"([^\"]+)\" in namespace \"([^\"]*)\" exists and cannot be imported into the"
              + " current release: (.*)");
  private static final Pattern OWNER =
      Pattern.compile("key \"([^\"]+)\" must equal \"[^\"]*\": current value is \"([^\"]*)\"");
  private static final Pattern INVALID =
      Pattern.compile("with kind (\\w+): \\S+ \"([^\"]+)\" is invalid: \\[?([\\w.\\[\\]]+): (.*)");
  private static final Pattern IMMUTABLE =
      Pattern.compile(
          "immutable|may not be changed|may not change once set|updates to .* forbidden"
              + "|cannot change roleRef");
  private static final Pattern EXPIRED =
      Pattern.compile("asked for the client to provide credentials|Unauthorized");
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "User \"([^\"]*)\" cannot (\\w+) resource \"([^\"]+)\" in API group \"([^\"]*)\""
              + "(?: in the namespace \"([^\"]*)\")?");
  private static final Pattern ESCALATION =
      Pattern.compile(
          "user \"([^\"]*)\".* is attempting to grant RBAC permissions not currently held");
  private static final Pattern AWAY =
      Pattern.compile(
          "(?i)cluster unreachable|connection refused|connection reset|i/o timeout|no such host"
              + "|TLS handshake timeout|\\bEOF\\b|context deadline exceeded|connection lost"
              + "|currently unable to handle|etcdserver|too many requests");

  private HelmFailures() {}

  static RuntimeException of(HelmError e) {
    return of(e.words(), e);
  }

  /** The API server's answer to a question of our own. */
  static RuntimeException of(KubernetesClientException e) {
    return e.getCode() <= 0
        ? new FailureException(away(String.valueOf(e.getMessage())), e)
        : of(String.valueOf(e.getMessage()), e);
  }

  private static RuntimeException of(String words, RuntimeException cause) {
    var refused = refusedValues(words);
    if (refused.isPresent()) {
      return refused.get();
    }
    var immutable = immutable(words, cause);
    if (immutable.isPresent()) {
      return immutable.get();
    }
    return new FailureException(
        terminating(words)
            .or(() -> notOurs(words))
            .or(() -> expired(words))
            .or(() -> forbidden(words))
            .or(() -> AWAY.matcher(words).find() ? Optional.of(away(words)) : Optional.empty())
            .orElseGet(() -> new Failure.Broken("helm-failed", "Helm failed: " + line(words))),
        cause);
  }

  private static Optional<UserError> refusedValues(String words) {
    return found(SCHEMA, words)
        .map(
            schema -> {
              var values = new ArrayList<String>();
              REFUSED_VALUE
                  .matcher(schema.group(1))
                  .results()
                  .forEach(v -> values.add(path(v) + ": " + Quote.plain(v.group(3))));
              var chart = found(CHART, schema.group(1)).map(c -> c.group(1)).orElse("");
              return new UserError(
                  ExitCode.CONFIG,
                  "the chart %s refuses %s"
                      .formatted(
                          Quote.plain(chart),
                          values.isEmpty() ? line(schema.group(1)) : String.join("; ", values)));
            });
  }

  /** JSON Schema's {@code /gateway/replicas} is what a person knows as gateway.replicas. */
  private static String path(MatchResult value) {
    var pointer = value.group(1);
    var path = pointer == null ? value.group(2) : pointer.replaceFirst("/", "").replace('/', '.');
    return path.isEmpty() || path.equals("(root)") ? "values" : Quote.plain(path);
  }

  private static Optional<Failure> terminating(String words) {
    return found(TERMINATING, words)
        .map(
            m ->
                new Failure.Unavailable(
                    "namespace-terminating",
                    "namespace %s is being deleted; try again when it is gone"
                        .formatted(Quote.plain(m.group(1)))));
  }

  private static Optional<Failure> notOurs(String words) {
    return found(NOT_OURS, words)
        .map(
            m ->
                new Failure.Denied(
                    "release-not-ours",
                    "%s %s%s is there already and belongs to %s: delete it, or give it to this release"
                        .formatted(
                            m.group(1),
                            Quote.plain(m.group(2)),
                            m.group(3).isEmpty() ? "" : " in namespace " + Quote.plain(m.group(3)),
                            owner(m.group(4)))));
  }

  private static String owner(String problems) {
    var tool = "";
    var release = "";
    var namespace = "";
    for (var match : OWNER.matcher(problems).results().toList()) {
      var value = Quote.plain(match.group(2));
      switch (match.group(1)) {
        case "meta.helm.sh/release-name" -> release = value;
        case "meta.helm.sh/release-namespace" -> namespace = value;
        default -> tool = value;
      }
    }
    var parts = new ArrayList<String>();
    if (!tool.isEmpty()) {
      parts.add(tool);
    }
    if (!release.isEmpty()) {
      parts.add("Helm's release " + release);
    }
    if (!namespace.isEmpty()) {
      parts.add((release.isEmpty() ? "a release of Helm's in" : "in") + " namespace " + namespace);
    }
    return parts.isEmpty() ? "nobody that Helm knows of" : String.join(" ", parts);
  }

  private static Optional<FailureException> immutable(String words, RuntimeException cause) {
    return found(INVALID, words)
        .filter(m -> IMMUTABLE.matcher(m.group(4)).find())
        .map(
            m ->
                new FailureException(
                    new Failure.Broken(
                        "immutable-field",
                        "%s %s: %s cannot be changed; the object must be replaced"
                            .formatted(m.group(1), m.group(2), m.group(3))),
                    new ImmutableFieldException(m.group(1), m.group(2), m.group(3), cause)));
  }

  private static Optional<Failure> expired(String words) {
    return EXPIRED.matcher(words).find()
        ? Optional.of(
            new Failure.Denied(
                "cluster-login-expired",
                "the cluster does not accept the login any more: log in to it again"))
        : Optional.empty();
  }

  private static Optional<Failure> forbidden(String words) {
    var access =
        found(FORBIDDEN, words)
            .map(
                m ->
                    "%s may not %s %s%s %s"
                        .formatted(
                            Quote.plain(m.group(1)),
                            m.group(2),
                            Quote.plain(m.group(3)),
                            m.group(4).isEmpty() ? "" : "." + Quote.plain(m.group(4)),
                            m.group(5) == null
                                ? "in the whole cluster"
                                : "in namespace " + Quote.plain(m.group(5))));
    return access
        .or(
            () ->
                found(ESCALATION, words)
                    .map(
                        m ->
                            "%s may not create a role with more rights than it has itself"
                                .formatted(Quote.plain(m.group(1)))))
        .map(message -> new Failure.Denied("cluster-denied", message));
  }

  private static Failure away(String words) {
    return new Failure.Unavailable(
        "kubernetes-unavailable", "the cluster's API server does not answer: " + line(words));
  }

  private static Optional<MatchResult> found(Pattern pattern, String words) {
    var match = pattern.matcher(words);
    return match.find() ? Optional.of(match.toMatchResult()) : Optional.empty();
  }

  /** The error in one line, without the log. */
  private static String line(String words) {
    return Quote.plain(
        words.replaceFirst("(?s)\n---\n.*", "").strip().replaceAll("\\s*\n\\s*", " "));
  }
}
