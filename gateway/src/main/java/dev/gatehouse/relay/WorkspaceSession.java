package dev.gatehouse.relay;

import dev.gatehouse.transport.Packet;
import dev.gatehouse.transport.PacketDecoder;
import org.apache.sshd.client.ClientFactoryManager;
import org.apache.sshd.client.session.ClientSessionImpl;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.util.Readable;
import org.jspecify.annotations.Nullable;

/** The gateway's SSH connection to the sshd of a workspace. */
final class WorkspaceSession extends ClientSessionImpl {
  private final PacketDecoder decoder = new PacketDecoder();
  private final PacketDecoder.Connection incoming = new Incoming();

  WorkspaceSession(ClientFactoryManager client, IoSession io) throws Exception {
    super(client, io);
  }

  @Override
  public void messageReceived(Readable in) throws Exception {
    if (serverVersion == null) {
      super.messageReceived(in);
      return;
    }
    decodeLock.lock();
    try {
      decoder.decode(in, incoming);
    } finally {
      decodeLock.unlock();
    }
  }

  /** What has come together with the identification. */
  @Override
  protected void decode() throws Exception {
    decoder.decode(decoderBuffer, incoming);
  }

  /** As in {@code GatewaySession}: what it needs is protected in MINA's class. */
  private final class Incoming implements PacketDecoder.Connection {
    @Override
    public @Nullable Cipher cipher() {
      return inCipher;
    }

    @Override
    public @Nullable Mac mac() {
      return inMac;
    }

    @Override
    public long sequence() {
      return seqi;
    }

    @Override
    public void received(Packet packet, int blocks) throws Exception {
      seqi = (seqi + 1) & 0xffffffffL;
      inPacketsCount.incrementAndGet();
      inBytesCount.addAndGet(packet.available());
      inBlocksCount.addAndGet(blocks);
      handleMessage(packet);
    }
  }
}
