package dev.gatehouse.relay;

import dev.gatehouse.workspace.Endpoint;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.sshd.client.session.AbstractClientSession;
import org.apache.sshd.client.session.ClientConnectionService;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.jspecify.annotations.Nullable;

/**
 * The ssh-connection service towards the workspace's sshd. It belongs to one relay at a time, to
 * the gateway itself from {@link #own} on, or to nobody while it is kept for the next.
 */
final class WorkspaceConnection extends ClientConnectionService implements WarmConnection {
  private static final long ANSWER_SECONDS = 1;

  /** To a workspace on a connection of the gateway's own; an honest one asks a few times. */
  private static final int MOST_ANSWERS = 1000;

  private final Endpoint endpoint;
  private final long since = System.nanoTime();
  private final CompletableFuture<WorkspaceConnection> ready;
  private final Consumer<WorkspaceConnection> onEnd;

  private volatile CompletableFuture<Boolean> answer = new CompletableFuture<>();
  private volatile @Nullable Relay relay;
  private volatile boolean ended;

  /** Whether the channels on it are the gateway's own, which MINA's service serves. */
  private volatile boolean own;

  /** Counted by the thread that reads. */
  private int answered;

  /**
   * @param ready completed when the sshd has let us in
   */
  WorkspaceConnection(
      AbstractClientSession session,
      Endpoint endpoint,
      CompletableFuture<WorkspaceConnection> ready,
      Consumer<WorkspaceConnection> onEnd)
      throws SshException {
    super(session);
    this.endpoint = endpoint;
    this.ready = ready;
    this.onEnd = onEnd;
  }

  @Override
  public void start() {
    super.start();
    getSession().addCloseFutureListener(_ -> end());
    ready.complete(this);
  }

  @Override
  public void process(int message, Buffer in) throws Exception {
    var owner = relay;
    if (own && isAnswered(message) && ++answered > MOST_ANSWERS) {
      throw RelayedChannel.protocolError("too many requests");
    }
    if (own || !ClientConnection.isConnectionProtocol(message)) {
      super.process(message, in);
    } else if (owner != null) {
      owner.fromWorkspace(message, in);
    } else {
      alone(message, in);
    }
  }

  AbstractSession session() {
    return getSession();
  }

  /** From now on the relay has it: it is told that the connection is there, and of its end. */
  void bind(Relay next) {
    relay = next;
    next.workspaceConnected(this);
    if (ended) {
      next.workspaceClosed(this);
    }
  }

  /** MINA answers these, and keeps its answers for a peer that does not read them. */
  private static boolean isAnswered(int message) {
    return message == SshConstants.SSH_MSG_GLOBAL_REQUEST
        || message == SshConstants.SSH_MSG_CHANNEL_OPEN
        || message == SshConstants.SSH_MSG_CHANNEL_REQUEST;
  }

  /** From now on, and to its end, the gateway's own channels use it, and no relay. */
  AbstractClientSession own() {
    own = true;
    return getSession();
  }

  void register(OwnTunnel tunnel) throws IOException {
    registerChannel(tunnel);
  }

  /** The relay has finished with it. */
  void release() {
    relay = null;
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public long since() {
    return since;
  }

  @Override
  public boolean isOpen() {
    return !ended && getSession().isOpen();
  }

  @Override
  public CompletionStage<Boolean> answers() {
    var asked = new CompletableFuture<Boolean>();
    answer = asked;
    if (ended) {
      asked.complete(false);
    } else {
      ask(asked);
    }
    return asked.completeOnTimeout(false, ANSWER_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    getSession().close(true);
  }

  private void ask(CompletableFuture<Boolean> asked) {
    var question = GlobalRequests.keepAlive(getSession());
    try {
      // An internal thread is never blocked by MINA while keys are exchanged.
      IoWriteFuture _ = ThreadUtils.runAsInternal(() -> getSession().writePacket(question));
    } catch (Exception e) {
      asked.complete(false);
    }
  }

  private void end() {
    ended = true;
    answer.complete(false);
    onEnd.accept(this);
    var owner = relay;
    if (owner != null) {
      owner.workspaceClosed(this);
    }
  }

  /** There are no channels, so all that the sshd can speak of is the connection itself. */
  private void alone(int message, Buffer in) throws IOException {
    switch (message) {
      case SshConstants.SSH_MSG_GLOBAL_REQUEST -> {
        in.getString();
        if (in.getBoolean()) { // ClientAliveInterval: any answer shows that we are alive
          var refusal = getSession().createBuffer(SshConstants.SSH_MSG_REQUEST_FAILURE, 1);
          getSession().writePacket(refusal);
        }
      }
      case SshConstants.SSH_MSG_REQUEST_SUCCESS, SshConstants.SSH_MSG_REQUEST_FAILURE ->
          answer.complete(true);
      default ->
          throw RelayedChannel.protocolError(
              "message %d on a connection without channels".formatted(message));
    }
  }
}
