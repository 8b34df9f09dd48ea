package dev.gatehouse.doctor;

import dev.gatehouse.doctor.Finding.State;
import dev.gatehouse.failure.FailureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The findings of many checks, in the order of the checks.
 *
 * @param parts by subject; a subject may come twice
 */
public record Examination(List<Part> parts) {
  private static final Logger LOG = LoggerFactory.getLogger(Examination.class);

  /** Longer than any check of ours waits for one answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A probe pulls an image and waits for pods. */
  private static final Duration PATIENCE_OF_ALL = Duration.ofMinutes(5);

  public record Part(String subject, List<Finding> findings) {
    public Part {
      findings = List.copyOf(findings);
    }
  }

  public Examination {
    parts = List.copyOf(parts);
  }

  /** Looks at everything side by side: what one check cannot see keeps no other from looking. */
  public static Examination of(List<Check> checks) throws InterruptedException {
    return of(checks, PATIENCE);
  }

  /** As above, with checks that change something for a moment and take longer. */
  public static Examination withProbes(List<Check> checks) throws InterruptedException {
    return of(checks, PATIENCE_OF_ALL);
  }

  private static Examination of(List<Check> checks, Duration patience) throws InterruptedException {
    var threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
    try {
      var asked =
          checks.stream()
              .map(check -> threads.submit((Callable<List<Finding>>) check::findings))
              .toList();
      var parts = new ArrayList<Part>();
      for (var i = 0; i < checks.size(); i++) {
        parts.add(new Part(checks.get(i).subject(), answer(checks.get(i), asked.get(i), patience)));
      }
      return new Examination(parts);
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Finding> answer(Check check, Future<List<Finding>> answer, Duration patience)
      throws InterruptedException {
    try {
      return answer.get(patience.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return unseen("no answer within " + patience.toSeconds() + " s", "try again");
    } catch (ExecutionException e) {
      var cause = Objects.requireNonNullElse(e.getCause(), e);
      if (cause instanceof FailureException failed) {
        return unseen(failed.failure().line(), "see docs/codes.md");
      }
      LOG.debug("{} could not be examined", check.subject(), e);
      return unseen(Objects.requireNonNullElse(cause.getMessage(), cause.toString()), "see the log");
    }
  }

  private static List<Finding> unseen(String why, String advice) {
    return List.of(Finding.notChecked("could not be looked at: " + why, advice));
  }

  public long count(State state) {
    return parts.stream()
        .flatMap(part -> part.findings().stream())
        .filter(finding -> finding.state() == state)
        .count();
  }
}
