package dev.gatehouse.workspace.local;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.apache.sshd.client.channel.AbstractClientChannel;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.ChannelOutputStream;
import org.apache.sshd.common.channel.ChannelPipedInputStream;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * A channel that we open because something connected to a listener of ours: {@code
 * forwarded-tcpip}, {@code forwarded-streamlocal@openssh.com}, {@code auth-agent@openssh.com},
 * {@code x11}.
 */
final class ForwardedChannel extends AbstractClientChannel {
  private final SocketChannel socket;
  private final Consumer<Buffer> details;
  private final ChannelPipedInputStream fromClient =
      new ChannelPipedInputStream(this, getLocalWindow());

  /**
   * @param details puts what follows the packet size in the message that opens the channel
   */
  ForwardedChannel(String type, SocketChannel socket, Consumer<Buffer> details) {
    super(type);
    this.socket = socket;
    this.details = details;
  }

  @Override
  public synchronized OpenFuture open() throws IOException {
    openFuture = new DefaultOpenFuture(toString(), futureLock);
    var window = getLocalWindow();
    var buffer = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN, 512);
    buffer.putString(getChannelType());
    buffer.putUInt(getChannelId());
    buffer.putUInt(window.getSize());
    buffer.putUInt(window.getPacketSize());
    details.accept(buffer);
    writePacket(buffer);
    return openFuture;
  }

  @Override
  protected void doOpen() {
    var toClient =
        new ChannelOutputStream(
            this, getRemoteWindow(), log, SshConstants.SSH_MSG_CHANNEL_DATA, true);
    SocketBridge.start(this, socket, fromClient, toClient);
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
