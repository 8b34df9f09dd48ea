package dev.gatehouse.relay;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tunnel to where a service of the workspace listens. When nothing does, the service is started,
 * and the workspace is asked for the tunnel once more; the client waits for its answer until then.
 */
final class ServiceChannel extends RelayedChannel implements Upstream.Waiter {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceChannel.class);

  private final String type;
  private final Buffer fields;
  private final ServiceDial dial;
  private boolean asked;

  /**
   * @param fields of the open, a copy
   */
  ServiceChannel(
      Relay relay,
      long id,
      ChannelEnd client,
      ChannelEnd workspace,
      String type,
      Buffer fields,
      ServiceDial dial) {
    super(relay, id, client, workspace);
    this.type = type;
    this.fields = fields;
    this.dial = dial;
  }

  @Override
  public void ready(Peer peer) {
    if (!client().isOpen()) {
      return; // refused meanwhile, or gone
    }
    workspace().attach(peer);
    var start = fields.rpos();
    sendOpen(client(), workspace(), type, fields);
    fields.rpos(start);
  }

  @Override
  public void failed(Failure why) {
    workspaceLost(why);
  }

  @Override
  void confirmed(ChannelEnd from, ChannelEnd to, Buffer in) throws Exception {
    relay().channels().discharge(id());
    super.confirmed(from, to, in);
  }

  @Override
  void refused(ChannelEnd to, Buffer in) throws Exception {
    if (asked || to != client() || !isNobodyThere(in)) {
      super.refused(to, in);
      return;
    }
    asked = true;
    var refusal = new ByteArrayBuffer(in.getCompactData());
    relay().afterwards(() -> start(refusal));
  }

  /** That is all that OpenSSH's sshd tells of a refused connection. */
  private static boolean isNobodyThere(Buffer refusal) {
    var start = refusal.rpos();
    var reason = refusal.getUInt();
    refusal.rpos(start);
    return reason == SshConstants.SSH_OPEN_CONNECT_FAILED;
  }

  /** Comes without the lock. */
  private void start(Buffer refusal) {
    try {
      var started = relay().workspaceEndpoint().flatMap(dial::start);
      if (started.isEmpty()) {
        relay().enter(() -> pass(refusal));
        return;
      }
      var _ = started.get().whenComplete((_, error) -> relay().enter(() -> started(error)));
    } catch (RuntimeException e) {
      LOG.debug("nothing is known of the workspace", e);
      relay().enter(() -> started(e));
    }
  }

  /** What the workspace said, for a service that is none of its own. */
  private void pass(Buffer refusal) throws Exception {
    if (client().isOpen()) {
      super.refused(client(), refusal);
    }
  }

  private void started(@Nullable Throwable error) {
    if (!client().isOpen()) {
      return; // the client or the workspace has gone meanwhile
    }
    if (error == null) {
      client().flow().senderGone(); // what the refused one was granted
      relay().needWorkspace(this);
      return;
    }
    var why = reason(error);
    Channels.refuse(
        client().leg(),
        client().number(),
        SshConstants.SSH_OPEN_CONNECT_FAILED,
        "gatehouse: " + why.line());
    relay().channels().tellOfService(why);
    relay().channels().remove(id());
  }

  private static Failure reason(Throwable error) {
    var cause =
        error instanceof CompletionException
            ? Optional.ofNullable(error.getCause())
            : Optional.of(error);
    if (cause.isPresent() && cause.get() instanceof FailureException e) {
      return e.failure();
    }
    LOG.error("[service-broken] a start failed", error);
    return new Failure.Broken("service-broken", "the service could not be started");
  }
}
