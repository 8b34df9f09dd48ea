package dev.gatehouse.frontdoor.limits;

import dev.gatehouse.net.Cidr;
import dev.gatehouse.transport.EventLoops;
import dev.gatehouse.transport.Packet;
import dev.gatehouse.transport.PacketDecoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.kex.KexState;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.session.helpers.TimeoutIndicator;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.jspecify.annotations.Nullable;

/**
 * One client's SSH connection: taken in or refused before anything is said, and held to what an
 * honest client needs of the transport protocol (RFC 4253). What comes after the login is the
 * relay's.
 */
public final class GatewaySession extends ServerSessionImpl {
  private static final String USER_AUTH = "ssh-userauth";

  /** Answers to messages that we do not know; an honest client needs one or two. */
  private static final int MAX_UNIMPLEMENTED = 100;

  private static final long PROXY_HEADER_SECONDS = 5;

  private final ConnectionLimiter connectionLimiter;
  private final PacketDecoder decoder = new PacketDecoder();
  private final PacketDecoder.Connection incoming = new Incoming();
  private final RekeyBudget rekeys = new RekeyBudget(System.nanoTime());
  private final AtomicBoolean over = new AtomicBoolean();
  private @Nullable Cidr source;
  private boolean counted;
  private boolean refused;
  private boolean awaitingHeader;
  private boolean serviceRequested;
  private int unimplemented;
  private volatile boolean loginTried;
  private volatile boolean loginFailed;
  private volatile boolean protocolBroken;

  GatewaySession(ServerFactoryManager server, IoSession io, ConnectionLimiter connectionLimiter)
      throws Exception {
    super(server, io);
    this.connectionLimiter = connectionLimiter;
    addCloseFutureListener(closed -> closed());
  }

  // ---- what happens to its login ----

  /** Somebody has asked to log in. */
  public void loginTried() {
    loginTried = true;
  }

  /** Something that was offered was refused. */
  public void loginFailed() {
    loginFailed = true;
  }

  /** From now on it is no start-up any more. */
  public void loggedIn() {
    leave();
  }

  // ---- the beginning ----

  @Override
  public void start() throws Exception {
    counted = connectionLimiter.startups().enter();
    if (!counted) {
      refuse(ConnectionLimiter.Refusal.STARTUPS);
    } else if (connectionLimiter.isProxy(peer().getAddress())) {
      awaitingHeader = true;
      var _ =
          getFactoryManager()
              .getScheduledExecutorService()
              .schedule(this::headerIsLate, PROXY_HEADER_SECONDS, TimeUnit.SECONDS);
    } else {
      begin();
    }
  }

  /** The client's address is known. */
  private void begin() throws Exception {
    var client = client().getAddress();
    var refusal = connectionLimiter.refusal(client);
    if (refusal.isPresent()) {
      refuse(refusal.get());
      return;
    }
    var block = connectionLimiter.source(client);
    if (!connectionLimiter.startups().enter(block)) {
      refuse(ConnectionLimiter.Refusal.SOURCE_STARTUPS);
      return;
    }
    source = block;
    super.start();
  }

  /** In plain text, as OpenSSH's sshd: no key exchange is begun with who is refused. */
  private void refuse(ConnectionLimiter.Refusal why) throws Exception {
    connectionLimiter.refused(client(), why);
    refuse(why.line());
  }

  private void refuse(String line) throws Exception {
    refused = true;
    EventLoops.linger(getIoSession());
    getIoSession()
        .writeBuffer(new ByteArrayBuffer((line + "\r\n").getBytes(StandardCharsets.US_ASCII)))
        .addListener(written -> close(true));
  }

  @Override
  protected boolean readIdentification(Buffer in) throws Exception {
    if (refused) {
      in.rpos(in.wpos());
      return false;
    }
    if (awaitingHeader && !readHeader(in)) {
      return false;
    }
    return switch (Identification.parse(unread(in))) {
      case Identification.Incomplete() -> false;
      case Identification.Refused(var answer) -> {
        protocolBroken = true;
        refuse(answer);
        yield false;
      }
      case Identification.Complete(var text, var length) -> {
        in.rpos(in.rpos() + length);
        identified(text);
        yield true;
      }
    };
  }

  /** As {@code AbstractServerSession} does with an identification that it has read itself. */
  private void identified(String text) throws Exception {
    clientVersion = text;
    signalPeerIdentificationReceived(text, List.of());
    kexState.set(KexState.INIT);
    sendKexInit();
  }

  private static byte[] unread(Buffer in) {
    return Arrays.copyOfRange(in.array(), in.rpos(), in.wpos());
  }

  private boolean readHeader(Buffer in) throws Exception {
    switch (ProxyHeader.parse(unread(in))) {
      case ProxyHeader.Incomplete() -> {
        return false;
      }
      case ProxyHeader.Malformed(var why) -> {
        connectionLimiter.refused(client(), "a PROXY header is required from here: " + why);
        refused = true;
        close(true);
        return false;
      }
      case ProxyHeader.Local(var length) -> in.rpos(in.rpos() + length);
      case ProxyHeader.Proxied(var client, var length) -> {
        in.rpos(in.rpos() + length);
        setClientAddress(client);
      }
    }
    awaitingHeader = false;
    begin();
    return !refused && in.available() > 0;
  }

  private void headerIsLate() {
    if (awaitingHeader) {
      connectionLimiter.refused(
          client(), "no PROXY header came within %d s".formatted(PROXY_HEADER_SECONDS));
      close(true);
    }
  }

  // ---- the transport protocol ----

  @Override
  public void messageReceived(Readable in) throws Exception {
    if (clientVersion == null) {
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

  /** Asked for once, and for nothing else: the service behind it is the login's to begin. */
  @Override
  protected boolean handleServiceRequest(String service, Buffer in) throws Exception {
    if (serviceRequested || !service.equals(USER_AUTH)) {
      throw new SshException(
          SshConstants.SSH2_DISCONNECT_SERVICE_NOT_AVAILABLE, "there is no such service");
    }
    serviceRequested = true;
    return super.handleServiceRequest(service, in);
  }

  @Override
  protected void receiveKexInit(Map<KexProposalOption, String> proposal, byte[] seed)
      throws IOException {
    if (!rekeys.take(inBytesCount.get() + outBytesCount.get(), System.nanoTime())) {
      throw new SshException(
          SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, "keys are exchanged too often");
    }
    super.receiveKexInit(proposal, seed);
  }

  @Override
  protected @Nullable IoWriteFuture notImplemented(int message, Buffer in) throws Exception {
    if (++unimplemented > MAX_UNIMPLEMENTED) {
      throw new SshException(
          SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, "too many unknown messages");
    }
    return super.notImplemented(message, in);
  }

  @Override
  public void exceptionCaught(Throwable error) {
    protocolBroken |= error instanceof SshException e && isProtocolError(e.getDisconnectCode());
    super.exceptionCaught(error);
  }

  private static boolean isProtocolError(int code) {
    return code == SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR
        || code == SshConstants.SSH2_DISCONNECT_MAC_ERROR
        || code == SshConstants.SSH2_DISCONNECT_PROTOCOL_VERSION_NOT_SUPPORTED;
  }

  // ---- the end ----

  /** Whoever is cut off reads why, also in the middle of an upload. */
  @Override
  public void disconnect(int reason, String message) throws IOException {
    EventLoops.linger(getIoSession());
    try {
      super.disconnect(reason, message);
    } catch (IOException | RuntimeException e) {
      close(true);
      throw e;
    }
  }

  private void closed() {
    var judged = !isAuthenticated() && source != null;
    leave();
    if (judged) {
      var offence = offence();
      if (offence != null) {
        connectionLimiter.offended(client().getAddress(), offence);
      }
    }
  }

  private @Nullable Offence offence() {
    if (getTimeoutStatus().getStatus() == TimeoutIndicator.TimeoutStatus.AuthTimeout) {
      return Offence.GRACE_EXCEEDED;
    }
    if (protocolBroken) {
      return Offence.INVALID;
    }
    if (loginFailed) {
      return Offence.AUTH_FAIL;
    }
    return loginTried ? null : Offence.NO_AUTH;
  }

  /** It is counted no more, however often this is called. */
  private void leave() {
    if (counted && over.compareAndSet(false, true)) {
      connectionLimiter.startups().leave();
      if (source != null) {
        connectionLimiter.startups().leave(source);
      }
    }
  }

  private InetSocketAddress peer() {
    return (InetSocketAddress) getIoSession().getRemoteAddress();
  }

  private InetSocketAddress client() {
    return (InetSocketAddress) getClientAddress();
  }

  /** As in {@code WorkspaceSession}: what it needs is protected in MINA's class. */
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
