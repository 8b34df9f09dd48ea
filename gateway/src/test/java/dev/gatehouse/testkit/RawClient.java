package dev.gatehouse.testkit;

import dev.gatehouse.key.KeyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.AbstractClientSession;
import org.apache.sshd.client.session.ClientConnectionService;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.ClientUserAuthServiceFactory;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.ServiceFactory;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * A client that sends any message of RFC 4254 in any order and sees all that comes, however wrong.
 * Keys are exchanged and the person logs in as usual.
 */
public final class RawClient implements AutoCloseable {
  /** Nobody checks this client's own window. */
  public static final long LARGE_WINDOW = 64 << 20;

  private static final Duration LOGIN = Duration.ofSeconds(30);

  /** A message of the server; the fields are unread. */
  public record Message(int type, Buffer fields) {}

  private final SshClient mina = SshClient.setUpDefaultClient();
  private final Queue<Message> received = new ConcurrentLinkedQueue<>();
  private final AtomicLong lastNumber = new AtomicLong(-1);
  private final ClientSession session;
  private volatile String farewell = "";

  private RawClient(SshTarget target, String login) {
    mina.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    mina.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    mina.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
    // The first choice of the library, sntrup761, takes it a tenth of a second of computing.
    mina.setKeyExchangeFactories(
        mina.getKeyExchangeFactories().stream()
            .filter(factory -> factory.getName().equals("curve25519-sha256"))
            .toList());
    mina.setServiceFactories(
        List.of(ClientUserAuthServiceFactory.INSTANCE, new ConnectionFactory()));
    CoreModuleProperties.IDLE_TIMEOUT.set(mina, Duration.ZERO);
    CoreModuleProperties.NIO2_MIN_WRITE_TIMEOUT.set(mina, Duration.ZERO);
    CoreModuleProperties.IGNORE_MESSAGE_FREQUENCY.set(mina, 0L);
    mina.addSessionListener(new Farewell());
    mina.start();
    try {
      session = mina.connect(login, target.host(), target.port()).verify(LOGIN).getSession();
    } catch (IOException e) {
      mina.stop();
      throw new UncheckedIOException(e);
    }
  }

  /** Logs in as the target's usual person. */
  public static RawClient login(SshTarget target) {
    return login(target, target.login(), target.identity());
  }

  public static RawClient login(SshTarget target, String login, Path identity) {
    var client = connect(target, login);
    client.session.addPublicKeyIdentity(KeyFile.openEd25519(identity));
    try {
      client.session.auth().verify(LOGIN);
    } catch (IOException e) {
      client.close();
      throw new UncheckedIOException(e);
    }
    return client;
  }

  /** Exchanges keys and asks for ssh-userauth, no more. */
  public static RawClient connect(SshTarget target, String login) {
    var client = new RawClient(target, login);
    Poll.until(
        "the key exchange is over",
        () ->
            client.isClosed()
                || client
                    .session
                    .waitFor(
                        List.of(ClientSession.ClientSessionEvent.WAIT_AUTH), Duration.ofMillis(1))
                    .contains(ClientSession.ClientSessionEvent.WAIT_AUTH));
    return client;
  }

  /** Tries to log in with this key; answers whether it was refused. */
  public boolean isRefused(Path identity) {
    session.addPublicKeyIdentity(KeyFile.openEd25519(identity));
    try {
      return !session.auth().verify(LOGIN).isSuccess();
    } catch (IOException e) {
      return true;
    }
  }

  /** An empty message, to be filled and sent. */
  public Buffer message(int type) {
    return session.createBuffer((byte) type, 64);
  }

  /** Sends it, and waits until the socket has taken it. */
  public void send(Buffer message) {
    if (!offer(message, Poll.PATIENCE)) {
      throw new AssertionError("the server does not take a message; it said: " + farewell);
    }
  }

  /** Sends it; answers whether the socket has taken it in time. */
  public boolean offer(Buffer message, Duration patience) {
    try {
      var written = session.writePacket(message);
      return written.await(patience) && written.isWritten();
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** Sends it without waiting, or not at all if the connection has ended. */
  public void push(Buffer message) {
    try {
      session.writePacket(message);
    } catch (IOException e) {
      // What the server made of the messages before is to be seen by its farewell.
    }
  }

  /** The oldest message of this type; the others before it are dropped. */
  public Message await(int type) {
    var found = new Message[1];
    Poll.until(
        () -> "message " + type + "; " + describe(),
        Poll.PATIENCE,
        () -> {
          for (var next = received.poll(); next != null; next = received.poll()) {
            if (next.type == type) {
              found[0] = next;
              return true;
            }
          }
          return isClosed();
        });
    if (found[0] == null) {
      throw new AssertionError("closed before message " + type + "; " + describe());
    }
    return found[0];
  }

  /** All that has come and was not looked at. */
  public List<Message> received() {
    return List.copyOf(received);
  }

  /** Asks for a channel, and waits until it is open. Answers the server's number. */
  public long openSession(long window) {
    return open("session", window);
  }

  public long open(String type, long window) {
    var number = sendOpen(type, window, Short.MAX_VALUE + 1L);
    while (true) {
      var confirmation = await(SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION).fields();
      if (confirmation.getUInt() == number) {
        return confirmation.getUInt();
      }
    }
  }

  /** Answers this client's number. */
  public long sendOpen(String type, long window, long maxPacket) {
    var number = lastNumber.incrementAndGet();
    send(open(type, number, window, maxPacket));
    return number;
  }

  /** One that the server may end the connection for. */
  public void pushOpen(String type, long window, long maxPacket) {
    push(open(type, lastNumber.incrementAndGet(), window, maxPacket));
  }

  private Buffer open(String type, long number, long window, long maxPacket) {
    var open = message(SshConstants.SSH_MSG_CHANNEL_OPEN);
    open.putString(type);
    open.putUInt(number);
    open.putUInt(window);
    open.putUInt(maxPacket);
    return open;
  }

  public void exec(long channel, String command) {
    var exec = request(channel, "exec", true);
    exec.putString(command);
    send(exec);
  }

  /** A channel request, to which the fields of its type can be added. */
  public Buffer request(long channel, String type, boolean wantReply) {
    var request = channelMessage(SshConstants.SSH_MSG_CHANNEL_REQUEST, channel);
    request.putString(type);
    request.putBoolean(wantReply);
    return request;
  }

  public Buffer globalRequest(String type, boolean wantReply) {
    var request = message(SshConstants.SSH_MSG_GLOBAL_REQUEST);
    request.putString(type);
    request.putBoolean(wantReply);
    return request;
  }

  public Buffer data(long channel, byte[] bytes) {
    var data = channelMessage(SshConstants.SSH_MSG_CHANNEL_DATA, channel);
    data.putBytes(bytes);
    return data;
  }

  public Buffer windowAdjust(long channel, long bytes) {
    var adjust = channelMessage(SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST, channel);
    adjust.putUInt(bytes);
    return adjust;
  }

  public Buffer channelMessage(int type, long channel) {
    var message = message(type);
    message.putUInt(channel);
    return message;
  }

  /** From now on the socket's buffers fill up. */
  public void stopReading() {
    session.getIoSession().suspendRead();
  }

  public boolean isClosed() {
    return session.isClosed();
  }

  /** Waits for the end of the connection; answers the disconnect message's text, empty if none. */
  public String awaitClosed() {
    Poll.until(() -> "the connection ends; " + describe(), Poll.PATIENCE, this::isClosed);
    return farewell;
  }

  @Override
  public void close() {
    mina.stop();
  }

  private String describe() {
    return "closed: %s, farewell: %s, waiting: %s"
        .formatted(isClosed(), farewell, received.stream().map(Message::type).limit(20).toList());
  }

  private final class Farewell implements SessionListener {
    @Override
    public void sessionDisconnect(
        Session ended, int reason, String text, String language, boolean ours) {
      if (!ours) {
        farewell = reason + ": " + text;
      }
    }
  }

  private final class ConnectionFactory implements ServiceFactory {
    @Override
    public String getName() {
      return "ssh-connection";
    }

    @Override
    public Service create(Session session) throws IOException {
      return new Connection((AbstractClientSession) session);
    }
  }

  private final class Connection extends ClientConnectionService {
    Connection(AbstractClientSession session) throws SshException {
      super(session);
    }

    @Override
    public void process(int type, Buffer in) {
      received.add(new Message(type, new ByteArrayBuffer(in.getCompactData())));
    }
  }
}
