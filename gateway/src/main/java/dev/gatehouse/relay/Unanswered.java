package dev.gatehouse.relay;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import java.util.concurrent.CompletionException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.jspecify.annotations.Nullable;

/** Tells a workspace where nobody answered from one that answered and refused. */
final class Unanswered {
  private Unanswered() {}

  /** A wrong host key and a refused login stay as they are, however often they are asked for. */
  static boolean is(@Nullable Throwable error) {
    var cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof FailureException e
        && e.failure() instanceof Failure.Unavailable
        && !(e.getCause() instanceof SshException said && isAnswer(said.getDisconnectCode()));
  }

  private static boolean isAnswer(int code) {
    return code > 0 && code != SshConstants.SSH2_DISCONNECT_CONNECTION_LOST;
  }
}
