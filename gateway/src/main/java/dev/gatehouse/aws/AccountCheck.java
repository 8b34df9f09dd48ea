package dev.gatehouse.aws;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Lets no call through that is made with the credentials of another account than the definition
 * names: a plan would compare with the wrong things, and an apply would make them twice. It stands
 * before every client, so that no caller can forget it.
 */
final class AccountCheck implements ExecutionInterceptor {
  private final Optional<String> account;
  private final Supplier<Identity> identity;
  private volatile boolean passed;

  /**
   * @param account empty: any
   * @param identity asks STS, by a client that has no such check
   */
  AccountCheck(Optional<String> account, Supplier<Identity> identity) {
    this.account = account;
    this.identity = identity;
    passed = account.isEmpty();
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (!passed) {
      check();
      passed = true;
    }
  }

  private void check() {
    var expected = account.orElseThrow();
    var found = identity.get();
    if (!found.account().equals(expected)) {
      throw new FailureException(
          new Failure.Denied(
              "aws-other-account",
              ("the credentials are of account %s (%s), and cloud.aws.account of the definition is"
                      + " %s: nothing was changed; take credentials of %s, with AWS_PROFILE say")
                  .formatted(
                      Quote.plain(found.account()),
                      Quote.plain(found.arn()),
                      Quote.plain(expected),
                      Quote.plain(expected))));
    }
  }
}
