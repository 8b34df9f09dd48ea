package dev.gatehouse.testkit.kubernetes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers who asks what they or others may do (authorization.k8s.io, SelfSubjectAccessReview and
 * SubjectAccessReview).
 */
final class AccessReviews {
  private static final JsonMapper JSON = new JsonMapper();

  private final List<Pattern> denied = new CopyOnWriteArrayList<>();

  static boolean isAsked(String path) {
    return path.endsWith("/selfsubjectaccessreviews") || path.endsWith("/subjectaccessreviews");
  }

  /** From now on no {@code VERB RESOURCE[/SUBRESOURCE].GROUP NAMESPACE} that matches is allowed. */
  void deny(String rights) {
    denied.add(Pattern.compile(rights));
  }

  String answer(String body) {
    var review = (ObjectNode) JSON.readTree(body);
    var asked = review.at("/spec/resourceAttributes");
    var part = asked.path("subresource").asString("");
    var line =
        "%s %s%s.%s %s"
            .formatted(
                asked.path("verb").asString(""),
                asked.path("resource").asString(""),
                part.isEmpty() ? "" : "/" + part,
                asked.path("group").asString(""),
                asked.path("namespace").asString(""));
    review
        .putObject("status")
        .put("allowed", denied.stream().noneMatch(d -> d.matcher(line).find()));
    return review.toString();
  }
}
