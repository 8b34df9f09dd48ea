package dev.gatehouse.relay;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.relay.SessionRequest.Kind;
import dev.gatehouse.text.SafeText;
import dev.gatehouse.workspace.Progress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferException;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * A session that goes to the workspace. The client's end is open already; the workspace's is opened
 * when the workspace can be reached, and then gets what was kept. Until then the person is told how
 * the start goes.
 */
final class RelayedSession extends RelayedChannel implements Upstream.Waiter {
  /** ssh itself exits with this when its connection is lost. */
  private static final int CONNECTION_LOST = 255;

  private static final Buffer NO_FIELDS = new ByteArrayBuffer(new byte[0]);
  private static final String START = "";

  /**
   * Takes the place of what is not permitted: the workspace refuses it too, and so its reply comes
   * in the order of the requests.
   */
  private static final String UNKNOWN = "not-permitted@gatehouse.dev";

  private final SessionStart start;
  private final StartNotice notice;
  private final List<HeldRequest> later = new ArrayList<>();

  /** Replies of the workspace that the client is not waiting for: the types of the requests. */
  private final Queue<String> expected = new ArrayDeque<>();

  private boolean starting;
  private boolean answered;
  private boolean statusSent;

  /** Whether the program was ended by a signal such as the end of a workspace sends. */
  private boolean killed;

  /** Whether the terminal's output is over, and the client does not know. */
  private boolean eofHeld;

  /** Whether the program is over, and the client is told when it is known why. */
  private boolean ending;

  /** The code of the end that it has been told of. */
  private String toldEnd = "";

  RelayedSession(
      Relay relay, long id, ChannelEnd client, ChannelEnd workspace, SessionStart start) {
    super(relay, id, client, workspace);
    this.start = start;
    this.notice = new StartNotice(relay.destination().name(), start);
    this.answered = !start.request().wantReply();
  }

  void begin() {
    relay().channels().replace(id(), this);
    starting = true;
    relay().needWorkspace(this);
    if (starting) {
      waitOn();
    }
  }

  // ---- while the workspace starts ----

  @Override
  public void ready(Peer peer) {
    starting = false;
    if (!client().isOpen()) {
      workspace().lost();
      removeIfFinished();
      return;
    }
    say(notice.erase());
    if (start.kind() == Kind.SHELL && start.hasTerminal()) {
      relay().destination().motd().ifPresent(this::say);
    }
    workspace().attach(peer);
    client().flow().reserve();
    sendOpen(client(), workspace(), "session", NO_FIELDS);
  }

  @Override
  public void failed(Failure why) {
    starting = false;
    end(why, why.exit().status());
  }

  /** What asks for a subsystem is a program, whatever else it asked for. */
  @Override
  public boolean hasTerminal() {
    return start.hasTerminal() && start.kind() != Kind.SUBSYSTEM;
  }

  @Override
  public void progress(Progress progress) {
    notice.step(progress.what());
    if (notice.isDue()) {
      say(notice.text());
    }
  }

  @Override
  public void connecting() {
    notice.connecting();
  }

  /**
   * Tells how it goes from time to time. A client may have little patience for the answer to its
   * request, so that is given as soon as the wait is noticeable.
   */
  private void waitOn() {
    relay()
        .schedule(
            () -> {
              if (starting && client().isOpen()) {
                if (notice.isDue()) {
                  answer(SshConstants.SSH_MSG_CHANNEL_SUCCESS);
                  say(notice.text());
                }
                waitOn();
              }
            },
            notice.nextMillis(),
            TimeUnit.MILLISECONDS);
  }

  // ---- when it is there ----

  @Override
  void confirmed(ChannelEnd from, ChannelEnd to, Buffer in) throws Exception {
    openedBy(from, in);
    if (!client().isOpen()) {
      workspace().sendClose();
      return;
    }
    relay().channels().discharge(id());
    start.before().forEach(this::sendHeld);
    sendStart();
    later.forEach(this::sendLater);
    later.clear();
    deliver(workspace(), client());
    grant(workspace(), client());
  }

  @Override
  void refused(ChannelEnd to, Buffer in) {
    in.getUInt();
    var text = SafeText.line(in.getString());
    workspace().lost();
    failed(
        new Failure.Broken(
            "session-refused", "the workspace refused the session: %s".formatted(text)));
  }

  @Override
  void request(ChannelEnd to, Buffer in) throws Exception {
    if (to == client()) {
      statusSent |= ExitRequest.is(in);
      killed |= ExitRequest.isOfKilled(in);
      super.request(to, in);
      return;
    }
    var type = peekType(in);
    if (!relay().permissions().allowLaterRequest(type)) {
      in.getString();
      if (in.getBoolean()) {
        send(new HeldRequest(UNKNOWN, true, NO_FIELDS));
      }
      return;
    }
    relay().invite(type);
    if (workspace().number() < 0) {
      send(HeldRequest.copy(in.getString(), in.getBoolean(), in));
    } else {
      super.request(to, in);
    }
  }

  private void send(HeldRequest request) throws Exception {
    if (workspace().isOpen()) {
      sendLater(request);
    } else if (workspace().number() < 0) {
      if (later.size() >= relay().destination().limits().requests().maxRequests()
          || !relay().channels().charge(id(), request.size())) {
        throw protocolError("too many requests while the workspace starts");
      }
      later.add(request);
    }
  }

  /** Empty if there is none: the workspace's sshd will say what is wrong with it. */
  private static String peekType(Buffer in) {
    var start = in.rpos();
    try {
      return in.getString();
    } catch (BufferException e) {
      return "";
    } finally {
      in.rpos(start);
    }
  }

  @Override
  public boolean tell(String line) {
    return start.hasTerminal() && say("\n" + SafeText.line(line) + "\n");
  }

  @Override
  public void timedOut(Failure why) {
    if (isConfirmed() && client().isOpen()) {
      workspace().sendClose();
      end(why, CONNECTION_LOST);
    }
  }

  @Override
  void reply(ChannelEnd to, int message) throws Exception {
    var type = to == client() ? expected.poll() : null;
    if (type == null) {
      super.reply(to, message);
    } else if (message == SshConstants.SSH_MSG_CHANNEL_FAILURE) {
      refusedRequest(type);
    }
  }

  @Override
  void close(ChannelEnd from, ChannelEnd to) {
    if (from == client() && workspace().number() < 0) {
      // The number stays taken until the workspace has answered, or cannot.
      from.closeReceived();
      from.sendClose();
      removeIfFinished();
    } else {
      if (from == workspace() && isToldWhy()) {
        from.closeReceived();
        endWhenItIsKnownWhy();
        return;
      }
      passEof();
      super.close(from, to);
    }
  }

  /**
   * Nothing can be said behind EOF, and on a terminal nobody waits for it: it comes with the end.
   */
  @Override
  void eof(ChannelEnd from, ChannelEnd to) {
    if (to == client() && hasTerminal()) {
      eofHeld = true;
    } else {
      super.eof(from, to);
    }
  }

  private void passEof() {
    if (eofHeld) {
      eofHeld = false;
      super.eof(workspace(), client());
    }
  }

  /**
   * Whether the person may have to be told why the session is over. A workspace that ends hangs up
   * its shells, and does so at times before the platform says that it ends.
   */
  private boolean isToldWhy() {
    return killed && hasTerminal() && toldEnd.isEmpty() && client().isOpen();
  }

  private void endWhenItIsKnownWhy() {
    if (!ending) {
      ending = true;
      relay()
          .whenEndIsKnown(
              why -> {
                why.ifPresent(this::workspaceEnds);
                passEof();
                client().sendClose();
                workspace().sendClose();
                removeIfFinished();
              });
    }
  }

  @Override
  public void workspaceLost(Failure why) {
    workspace().lost();
    if (isToldWhy()) {
      endWhenItIsKnownWhy();
    } else if (client().isOpen() && !statusSent) {
      relay().whenLossIsKnown(why, known -> end(known, CONNECTION_LOST));
    } else {
      passEof();
      client().sendClose();
      removeIfFinished();
    }
  }

  @Override
  public void workspaceEnds(Failure why) {
    if (!(workspace().isOpen() || ending)
        || (statusSent && !killed)
        || start.kind() == Kind.SUBSYSTEM
        || toldEnd.equals(why.code())) {
      return;
    }
    var line = "gatehouse: " + SafeText.line(why.line()) + "\n";
    if (say(start.hasTerminal() ? "\n" + line : line)) {
      toldEnd = why.code();
    }
  }

  private void sendHeld(HeldRequest request) {
    if (request.wantReply()) {
      expected.add(request.type());
    }
    workspace().leg().send(request.message(workspace().session(), workspace().number()));
  }

  private void sendStart() {
    var request = start.request();
    if (answered && request.wantReply()) {
      expected.add(START);
    }
    answered = true;
    workspace().leg().send(request.message(workspace().session(), workspace().number()));
  }

  private void sendLater(HeldRequest request) {
    workspace().leg().send(request.message(workspace().session(), workspace().number()));
  }

  private void refusedRequest(String type) {
    if (type.equals(START)) {
      workspace().sendClose();
      failed(
          new Failure.Broken(
              "request-refused",
              "the workspace refused the %s request".formatted(start.request().type())));
    } else {
      say("gatehouse: the workspace refused the %s request\n".formatted(type));
    }
  }

  private void answer(int message) {
    if (!answered) {
      answered = true;
      client().leg().send(Wire.channel(client().session(), message, client().number()));
    }
  }

  /** Ends the client's end with a reason and a status that is not success. */
  private void end(Failure why, int status) {
    if (workspace().number() < 0) {
      workspace().lost();
    }
    if (!client().isOpen()) {
      removeIfFinished();
      return;
    }
    answer(SshConstants.SSH_MSG_CHANNEL_SUCCESS);
    client().flow().senderGone();
    if (!toldEnd.equals(why.code())) {
      say(notice.erase() + "gatehouse: " + SafeText.line(why.line()) + "\n");
    }
    statusSent = true;
    var peer = client().leg();
    peer.send(Wire.exitStatus(client().session(), client().number(), status));
    peer.send(
        Wire.channel(client().session(), SshConstants.SSH_MSG_CHANNEL_EOF, client().number()));
    client().sendClose();
  }

  /** Writes to the person: on their terminal, or on stderr where there is none; if it can. */
  private boolean say(String text) {
    var terminal = start.hasTerminal();
    var bytes = (terminal ? text.replace("\n", "\r\n") : text).getBytes(StandardCharsets.UTF_8);
    var windowAccounting = client().flow();
    if (bytes.length == 0
        || bytes.length > Math.min(windowAccounting.ownRoom(), windowAccounting.maxPacket())
        || !client().takesData()) {
      return false;
    }
    windowAccounting.sendOwn(bytes.length);
    var session = client().session();
    var number = client().number();
    client()
        .leg()
        .send(
            terminal
                ? Wire.data(session, number, bytes, 0, bytes.length)
                : Wire.extendedData(session, number, Wire.STDERR, bytes, 0, bytes.length),
            () -> {
              windowAccounting.written(bytes.length);
              grant(client(), workspace());
            });
    return true;
  }
}
