package dev.gatehouse.workspace.local;

import dev.gatehouse.workspace.local.ExitStatus.Exited;
import dev.gatehouse.workspace.local.ExitStatus.Signalled;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.PtyMode;
import org.apache.sshd.common.channel.RequestHandler.Result;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session channel that answers as OpenSSH's sshd does. MINA's own handles the window, the streams
 * and SFTP where there is no sftp-server; the requests are answered here. Runs on MINA's threads
 * and never blocks; the process has its own threads ({@link ProcessCommand}).
 */
final class SessionChannel extends ChannelSession {
  private static final Logger logger = LoggerFactory.getLogger(SessionChannel.class);

  private final Machine machine;
  private final SessionEnvironment environment = new SessionEnvironment();
  private String term = "";
  private @Nullable Pty pty;
  private @Nullable X11Display display;
  private @Nullable ProcessCommand process;

  /** Whether the process may still be running; guarded by this. */
  private boolean running;

  /** Whether the client has closed its end meanwhile; guarded by this. */
  private boolean closeReceived;

  SessionChannel(Machine machine) {
    this.machine = machine;
  }

  @Override
  protected OpenFuture doInit(Buffer buffer) {
    if (LocalConnection.of(getSession()).refusesSessions()) {
      var refused = new DefaultOpenFuture(this, this);
      refused.setException(
          new SshChannelOpenException(
              getChannelId(),
              SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED,
              "the client said that it wants no more sessions"));
      return refused;
    }
    return super.doInit(buffer);
  }

  @Override
  protected Result handleInternalRequest(String type, boolean wantReply, Buffer buffer)
      throws IOException {
    if (type.equals("eow@openssh.com")) {
      if (process != null) {
        process.stopReading();
      }
      return Result.ReplySuccess;
    }
    return super.handleInternalRequest(type, wantReply, buffer);
  }

  @Override
  protected Result handleEnvParsed(String name, String value) {
    return reply(environment.accept(name, value));
  }

  @Override
  protected Result handlePtyReqParsed(
      String term, int columns, int rows, int width, int height, Map<PtyMode, Integer> modes) {
    if (pty != null || process != null) {
      return Result.ReplyFailure;
    }
    try {
      var opened = Pty.open(new Pty.Size(rows, columns, width, height), modes);
      addCloseFutureListener(_ -> opened.close());
      pty = opened;
      this.term = term;
      return Result.ReplySuccess;
    } catch (IOException e) {
      logger.warn("[local-pty] no terminal for {}", machine.spec().id(), e);
      return Result.ReplyFailure;
    }
  }

  @Override
  protected Result handleWindowChangeParsed(int columns, int rows, int width, int height)
      throws IOException {
    if (pty == null) {
      return Result.ReplyFailure;
    }
    pty.resize(new Pty.Size(rows, columns, width, height));
    return Result.ReplySuccess;
  }

  @Override
  protected Result handleSignalParsed(String name) throws IOException {
    return reply(process != null && process.signal(name));
  }

  /** A break on a PTY is granted and without effect, as sshd's tcsendbreak on Linux. */
  @Override
  protected Result handleBreakParsed(long length) {
    return reply(pty != null);
  }

  @Override
  protected Result handleShellParsed(String request) throws IOException {
    return start(request, null);
  }

  /** Taken as bytes: a file name in a command need not be UTF-8. */
  @Override
  protected Result handleExec(String request, Buffer buffer, boolean wantReply) throws IOException {
    return isClosing() ? Result.ReplyFailure : start(request, buffer.getBytes());
  }

  @Override
  protected Result handleSubsystemParsed(String request, String subsystem) throws IOException {
    if (isClosing()) {
      return Result.ReplyFailure;
    }
    if (subsystem.equals(ServiceProgram.SUBSYSTEM)) {
      return startProcess(request, machine.services().launch(machine, variables()));
    }
    var server = machine.sftpServer().filter(_ -> subsystem.equals("sftp"));
    return server.isPresent()
        ? startProcess(request, server.get().launch(machine, variables()))
        : super.handleSubsystemParsed(request, subsystem);
  }

  @Override
  protected Result handleAgentForwardingParsed(String request) {
    try {
      LocalConnection.of(getSession()).startAgent(service);
      return Result.ReplySuccess;
    } catch (IOException e) {
      logger.warn("[local-agent] no agent socket for {}", machine.spec().id(), e);
      return Result.ReplyFailure;
    }
  }

  @Override
  protected Result handleX11ForwardingParsed(
      String request,
      ServerSession session,
      boolean single,
      String protocol,
      String cookie,
      int screen) {
    if (display != null) {
      return Result.ReplyFailure;
    }
    try {
      var opened =
          X11Display.open(service, new X11Display.Cookie(protocol, cookie), screen, single);
      addCloseFutureListener(_ -> opened.close());
      display = opened;
      return Result.ReplySuccess;
    } catch (IOException e) {
      logger.warn("[local-x11] no display for {}", machine.spec().id(), e);
      return Result.ReplyFailure;
    }
  }

  private static Result reply(boolean success) {
    return success ? Result.ReplySuccess : Result.ReplyFailure;
  }

  private Result start(String request, byte @Nullable [] command) throws IOException {
    return startProcess(request, Shell.launch(machine, command, variables()));
  }

  private Result startProcess(String request, Launch launch) throws IOException {
    var stdio = pty == null ? Stdio.Pipes.open() : new Stdio.Terminal(pty);
    process = new ProcessCommand(this, machine.processes(), launch, stdio, display);
    commandInstance = process;
    var result = prepareChannelCommand(request, process);
    if (isEofSignalled()) {
      receiver.close(); // an EOF that came before there was anybody to tell
    }
    return result;
  }

  private Map<String, String> variables() {
    return environment.build(machine, getSession(), ofSession());
  }

  private Map<String, String> ofSession() {
    var variables = new LinkedHashMap<String, String>();
    if (pty != null) {
      if (!term.isEmpty()) {
        variables.put("TERM", term); // sshd sets none either for a client that has none
      }
      variables.put("SSH_TTY", pty.slave());
    }
    if (display != null) {
      variables.put("DISPLAY", display.name());
    }
    LocalConnection.of(getSession())
        .agentSocket()
        .ifPresent(socket -> variables.put("SSH_AUTH_SOCK", socket.toString()));
    return variables;
  }

  /** Tells a client that nobody reads what it sends any more, so that it stops (OpenSSH). */
  void sendEndOfWrite() throws IOException {
    if (getSession().getClientVersion().startsWith("SSH-2.0-OpenSSH")) {
      var buffer = request("eow@openssh.com");
      writePacket(buffer);
    }
  }

  /** No more output, while the process goes on. */
  void endOutput() throws IOException {
    sendEof();
  }

  /**
   * A client may close its end before the process ends, and waits for the status all the same. So
   * our CLOSE waits for it too, as sshd's does. Until then the process has no reader any more, and
   * on a terminal it is hung up; what it was sent before, it can still read.
   */
  @Override
  public void handleClose() throws IOException {
    if (!processRuns()) {
      super.handleClose();
      return;
    }
    handleEof();
    getRemoteWindow().close(); // frees who waits for the client to take more
    if (process != null) {
      process.stopReading();
    }
    if (pty != null) {
      pty.close();
    }
  }

  /** From now on until {@link #finish} the channel stays open for the status. */
  synchronized void processStarts() {
    running = true;
  }

  private synchronized boolean processRuns() {
    closeReceived |= running;
    return running;
  }

  /** Answers whether the client has closed its end already. */
  private synchronized boolean ended() {
    running = false;
    return closeReceived;
  }

  /** The last three messages, in this order: how it ended, EOF, CLOSE. */
  void finish(ExitStatus status) throws IOException {
    if (!isClosing()) {
      sendStatus(status);
      sendEof();
    }
    commandExitFuture.setClosed();
    if (ended()) {
      super.handleClose();
    } else {
      close(false);
    }
  }

  /** MINA's own order for its subsystems is EOF first; sshd's and ours is the status first. */
  @Override
  protected void closeShell(int exitValue, boolean immediately) throws IOException {
    if (out != null && !isClosing()) {
      out.flush();
    }
    finish(new Exited(exitValue));
  }

  private void sendStatus(ExitStatus status) throws IOException {
    switch (status) {
      case Exited exited -> sendExitStatus(exited.code());
      case Signalled signalled -> {
        var buffer = request("exit-signal");
        buffer.putString(signalled.name());
        buffer.putBoolean(signalled.coreDumped());
        buffer.putString("");
        buffer.putString("");
        writePacket(buffer);
      }
    }
  }

  private Buffer request(String type) {
    var buffer = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST, 64);
    buffer.putUInt(getRecipient());
    buffer.putString(type);
    buffer.putBoolean(false);
    return buffer;
  }
}
