package dev.gatehouse.aws;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Asks for changes that AWS takes no client token for, such as a snapshot of a volume: where the
 * answer is lost, the SDK would ask again and have a second one made. So a request carries a tag of
 * ours, and before it is repeated somebody looks whether what the tag is on is there.
 */
public final class Unrepeated {
  private static final int ATTEMPTS = 3;

  /** AWS shows what it has just made some seconds later. */
  private static final int LOOKS = 5;

  private static final Duration STEP = Duration.ofSeconds(3);

  private final Pause pause;

  public Unrepeated(Pause pause) {
    this.pause = pause;
  }

  /**
   * Asks until it is done, and says with what result.
   *
   * @param made looks for what was made, by its tag; empty: it is not to be seen
   * @param ask makes it; the request must carry the tag, and this, by which the SDK asks once
   */
  public <T> T ask(Supplier<Optional<T>> made, Function<AwsRequestOverrideConfiguration, T> ask)
      throws InterruptedException {
    for (var attempt = 1; ; attempt++) {
      try {
        return ask.apply(once());
      } catch (SdkException e) {
        var isUnknown = AwsFailures.isUnknown(e);
        if (isUnknown) {
          var found = look(made);
          if (found.isPresent()) {
            return found.get();
          }
        }
        if (attempt == ATTEMPTS || (!isUnknown && !AwsFailures.isThrottled(e))) {
          throw e;
        }
        pause.take(STEP);
      }
    }
  }

  private <T> Optional<T> look(Supplier<Optional<T>> made) throws InterruptedException {
    for (var look = 1; ; look++) {
      var found = made.get();
      if (found.isPresent() || look == LOOKS) {
        return found;
      }
      pause.take(STEP);
    }
  }

  private static AwsRequestOverrideConfiguration once() {
    return AwsRequestOverrideConfiguration.builder()
        .addPlugin(
            client ->
                client.overrideConfiguration(
                    client.overrideConfiguration().toBuilder()
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .build()))
        .build();
  }
}
