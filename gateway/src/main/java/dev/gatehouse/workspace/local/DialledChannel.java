package dev.gatehouse.workspace.local;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.ChannelOutputStream;
import org.apache.sshd.common.channel.ChannelPipedInputStream;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.AbstractServerChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel that the client opens to have something dialled: {@code direct-tcpip} and {@code
 * direct-streamlocal@openssh.com}. It is confirmed only when the dial has succeeded.
 */
final class DialledChannel extends AbstractServerChannel {
  private static final Logger logger = LoggerFactory.getLogger(DialledChannel.class);

  private final Dial.Reader reader;
  private final ChannelPipedInputStream fromClient =
      new ChannelPipedInputStream(this, getLocalWindow());

  DialledChannel(Dial.Reader reader) {
    super("", List.of(), null);
    this.reader = reader;
  }

  @Override
  protected OpenFuture doInit(Buffer buffer) {
    var opening = new DefaultOpenFuture(this, this);
    var dial = reader.read(buffer);
    Thread.ofVirtual().name("local-dial-" + getChannelId()).start(() -> open(dial, opening));
    return opening;
  }

  private void open(Dial dial, OpenFuture opening) {
    try {
      confirm(dial.connect(), opening);
    } catch (IOException e) {
      logger.debug("a forward's target does not answer", e);
      refuse(e.getMessage() == null ? "connect failed" : e.getMessage());
    }
  }

  private void confirm(SocketChannel socket, OpenFuture opening) throws IOException {
    if (isClosing()) {
      socket.close();
      return;
    }
    signalChannelOpenSuccess();
    opening.setOpened();
    var toClient =
        new ChannelOutputStream(
            this, getRemoteWindow(), log, SshConstants.SSH_MSG_CHANNEL_DATA, true);
    SocketBridge.start(this, socket, fromClient, toClient);
  }

  /** Sent from here, because MINA would replace the reason's text; the future stays open. */
  private void refuse(String reason) {
    try {
      var buffer =
          getSession()
              .createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE, reason.length() + 64);
      buffer.putUInt(getRecipient());
      buffer.putUInt(SshConstants.SSH_OPEN_CONNECT_FAILED);
      buffer.putString(reason);
      buffer.putString("");
      writePacket(buffer);
    } catch (IOException e) {
      logger.debug("a refusal was not sent", e);
    } finally {
      close(true);
    }
  }

  @Override
  public void handleEof() throws IOException {
    super.handleEof();
    fromClient.eof();
  }

  @Override
  protected void preClose() {
    fromClient.eof();
    super.preClose();
  }

  @Override
  protected void doWriteData(byte[] data, int offset, long length) throws IOException {
    if (!isClosing()) {
      fromClient.receive(data, offset, Math.toIntExact(length));
    }
  }

  @Override
  protected void doWriteExtendedData(byte[] data, int offset, long length) throws IOException {
    throw new IOException("a forwarded connection has no extended data");
  }
}
