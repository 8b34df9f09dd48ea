package dev.gatehouse.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.sshd.client.channel.AbstractClientChannel;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.ChannelOutputStream;
import org.apache.sshd.common.channel.ChannelPipedInputStream;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A tunnel of the gateway's own into a workspace: {@code direct-tcpip} or {@code
 * direct-streamlocal@openssh.com}, of which MINA has the first only.
 */
final class OwnTunnel extends AbstractClientChannel {
  private final Consumer<Buffer> target;
  private @Nullable ChannelPipedInputStream fromWorkspace;
  private @Nullable OutputStream toWorkspace;

  /**
   * @param target puts what follows the packet size in the message that opens the channel
   */
  OwnTunnel(String type, Consumer<Buffer> target) {
    super(type);
    this.target = target;
  }

  InputStream fromWorkspace() {
    return Objects.requireNonNull(fromWorkspace);
  }

  OutputStream toWorkspace() {
    return Objects.requireNonNull(toWorkspace);
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
    target.accept(buffer);
    writePacket(buffer);
    return openFuture;
  }

  @Override
  protected void doOpen() {
    fromWorkspace = new ChannelPipedInputStream(this, getLocalWindow());
    toWorkspace =
        new ChannelOutputStream(
            this, getRemoteWindow(), log, SshConstants.SSH_MSG_CHANNEL_DATA, true);
  }

  @Override
  public void handleEof() throws IOException {
    super.handleEof();
    end();
  }

  @Override
  protected void preClose() {
    end();
    super.preClose();
  }

  private void end() {
    if (fromWorkspace != null) {
      fromWorkspace.eof();
    }
  }

  @Override
  protected void doWriteData(byte[] data, int offset, long length) throws IOException {
    if (!isClosing() && fromWorkspace != null) {
      fromWorkspace.receive(data, offset, Math.toIntExact(length));
    }
  }

  @Override
  protected void doWriteExtendedData(byte[] data, int offset, long length) throws IOException {
    throw new IOException("a tunnel has no extended data");
  }
}
