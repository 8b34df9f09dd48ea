package dev.gatehouse.failure;

import org.jspecify.annotations.Nullable;

/** Carries a {@link Failure} out of a blocking call or a future. */
public final class FailureException extends RuntimeException {
  private final transient Failure failure;

  public FailureException(Failure failure, @Nullable Throwable cause) {
    super(failure.line(), cause);
    this.failure = failure;
  }

  public FailureException(Failure failure) {
    this(failure, null);
  }

  public Failure failure() {
    return failure;
  }
}
