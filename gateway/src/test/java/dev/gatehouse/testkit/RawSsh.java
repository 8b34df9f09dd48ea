package dev.gatehouse.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An SSH client that writes packets byte by byte (RFC 4253, 6), before a key exchange and after it,
 * as wrong as the test wants. It stands on the JDK alone: there is no SSH library in it.
 */
public final class RawSsh implements AutoCloseable {
  public static final int DISCONNECT = 1;
  public static final int IGNORE = 2;
  public static final int SERVICE_REQUEST = 5;
  public static final int SERVICE_ACCEPT = 6;
  public static final int KEXINIT = 20;
  public static final int NEWKEYS = 21;
  public static final int KEX_ECDH_INIT = 30;
  public static final int KEX_ECDH_REPLY = 31;
  public static final int USERAUTH_REQUEST = 50;
  public static final int USERAUTH_FAILURE = 51;
  public static final int USERAUTH_SUCCESS = 52;

  public static final String GCM = RawCipher.Gcm.NAME;
  public static final String CTR_ETM = RawCipher.CtrThenMac.NAME;

  private static final String CURVE25519 = "curve25519-sha256";
  private static final String IDENTIFICATION = "SSH-2.0-RawSsh";

  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;
  private String serverIdentification = "";
  private byte[] sessionId = new byte[0];
  private @Nullable RawCipher outgoing;
  private @Nullable RawCipher incoming;
  private int sent;
  private int received;
  private volatile boolean open = true;

  private RawSsh(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout((int) Poll.PATIENCE.toMillis());
    socket.setTcpNoDelay(true);
    out = new DataOutputStream(socket.getOutputStream());
    in = new DataInputStream(socket.getInputStream());
  }

  // ---- connections ----

  /** Connects and says nothing yet. */
  public static RawSsh connect(int port) {
    return connect(port, "127.0.0.1");
  }

  /** As above, from an address of 127.0.0.0/8. */
  public static RawSsh connect(int port, String from) {
    try {
      return new RawSsh(
          new Socket(InetAddress.ofLiteral("127.0.0.1"), port, InetAddress.ofLiteral(from), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects and exchanges identifications. */
  public static RawSsh identified(int port) {
    var ssh = connect(port);
    ssh.line(IDENTIFICATION);
    ssh.serverIdentification = ssh.readLine();
    return ssh;
  }

  /** Connects, exchanges keys with strict KEX, and is let begin to log in. */
  public static RawSsh atLogin(int port) {
    return identified(port).exchangeKeys(GCM, true).askToLogIn();
  }

  /** As above, and logs in. */
  public static RawSsh loggedIn(int port, String user, RawKey key) {
    var ssh = atLogin(port);
    ssh.packet(key.proof(ssh.sessionId, user, "ssh-connection"));
    ssh.expect(USERAUTH_SUCCESS);
    return ssh;
  }

  public RawSsh askToLogIn() {
    packet(message(SERVICE_REQUEST, string("ssh-userauth")));
    expect(SERVICE_ACCEPT);
    return this;
  }

  public byte[] sessionId() {
    return sessionId;
  }

  // ---- keys ----

  /** The first time or again; what was encrypted before stays so until the new keys are there. */
  public RawSsh exchangeKeys(String cipher, boolean strict) {
    var ours = kexInit(CURVE25519, cipher, strict);
    packet(ours);
    return finishKeys(ours, expect(KEXINIT), cipher, strict);
  }

  /** The rest of an exchange whose two KEXINIT have been sent. */
  public RawSsh finishKeys(byte[] ours, byte[] theirs, String cipher, boolean strict) {
    try {
      var kex = RawKex.begin(IDENTIFICATION, serverIdentification, ours, theirs);
      packet(message(KEX_ECDH_INIT, string(kex.point())));
      var secrets = kex.finish(expect(KEX_ECDH_REPLY), sessionId);
      sessionId = secrets.sessionId();
      packet(message(NEWKEYS));
      outgoing = secrets.outgoing(cipher);
      sent = strict ? 0 : sent;
      expect(NEWKEYS);
      incoming = secrets.incoming(cipher);
      received = strict ? 0 : received;
      return this;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A KEXINIT (RFC 4253, 7.1) that offers this key exchange, with strict KEX or without. */
  public static byte[] kexInit(String kex, boolean strict) {
    return kexInit(kex, GCM, strict);
  }

  public static byte[] kexInit(String kex, String cipher, boolean strict) {
    return kexInit(kex + (strict ? ",kex-strict-c-v00@openssh.com" : ""), cipher, "none");
  }

  public static byte[] kexInit(String kex, String cipher, String compression) {
    return message(
        KEXINIT,
        new byte[16],
        string(kex),
        string("ssh-ed25519"),
        string(cipher),
        string(cipher),
        string("hmac-sha2-256-etm@openssh.com"),
        string("hmac-sha2-256-etm@openssh.com"),
        string(compression),
        string(compression),
        string(""),
        string(""),
        new byte[5]);
  }

  // ---- what is sent ----

  public void line(String text) {
    bytes((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A well-formed packet. */
  public void packet(byte[] payload) {
    bytes(sealed(payload));
  }

  /** What somebody in the middle puts in: the client does not count it. */
  public void inject(byte[] payload) {
    packet(payload);
    sent--;
  }

  /** A packet whose fields say what the caller wants, and which may be something else. */
  public void packet(int length, int paddingLength, byte[] payload, int padding) {
    bytes(sealed(length, paddingLength, payload, padding));
  }

  /** What {@link #packet(byte[])} would send; it counts as sent, so that it can be lost or late. */
  public byte[] sealed(byte[] payload) {
    // The length field is not encrypted in either way, and so not aligned (PROTOCOL, 1.6).
    var block = outgoing == null ? 8 : RawCipher.BLOCK;
    var unpadded = payload.length + (outgoing == null ? 5 : 1);
    var padding = block - unpadded % block;
    padding = padding < 4 ? padding + block : padding;
    return sealed(1 + payload.length + padding, padding, payload, padding);
  }

  private byte[] sealed(int length, int paddingLength, byte[] payload, int padding) {
    var plain =
        ByteBuffer.allocate(5 + payload.length + padding)
            .putInt(length)
            .put((byte) paddingLength)
            .put(payload)
            .array();
    try {
      return outgoing == null ? plain : outgoing.seal(sent, plain);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    } finally {
      sent++;
    }
  }

  public void bytes(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      open = false; // The server has hung up: that is for the test to see.
    }
  }

  /** Whether all that was sent could be. */
  public boolean isOpen() {
    return open;
  }

  // ---- what comes ----

  public String readLine() {
    try {
      var line = new StringBuilder();
      for (var c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
        line.append((char) c);
      }
      return line.toString().strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** The payload of the next packet; empty when the connection has ended. */
  public byte[] read() {
    try {
      return next();
    } catch (IOException e) {
      return new byte[0];
    }
  }

  /** The next packet of one of these types; the others before it are dropped. */
  public byte[] expect(int... types) {
    var others = new ArrayList<Integer>();
    for (var packet = read(); packet.length > 0; packet = read()) {
      var type = packet[0] & 0xff;
      if (IntStream.of(types).anyMatch(wanted -> wanted == type)) {
        return packet;
      }
      others.add(type);
    }
    throw new AssertionError(
        "closed before message " + Arrays.toString(types) + "; there came " + others);
  }

  /** The types of the messages until the server hangs up; fails if it does not. */
  public List<Integer> readToEnd() {
    var types = new ArrayList<Integer>();
    try {
      while (true) {
        types.add(next()[0] & 0xff);
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the server does not hang up; it said " + types, e);
    } catch (IOException e) {
      return types;
    }
  }

  /** Reads whatever comes, packets or not, until the server hangs up. */
  public void awaitEnd() {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the server does not hang up", e);
    } catch (IOException e) {
      // A reset is an end too.
    }
  }

  private byte[] next() throws IOException {
    var length = in.readInt();
    if (length < 2 || length > 300_000) {
      throw new IOException("not a packet");
    }
    try {
      var body = incoming == null ? in.readNBytes(length) : incoming.open(received, length, in);
      received++;
      var payload = new byte[body.length - 1 - (body[0] & 0xff)];
      System.arraycopy(body, 1, payload, 0, payload.length);
      return payload;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  // ---- fields ----

  public static byte[] message(int type, byte[]... parts) {
    var message = new ByteArrayOutputStream();
    message.write(type);
    for (var part : parts) {
      message.writeBytes(part);
    }
    return message.toByteArray();
  }

  public static byte[] string(String text) {
    return string(text.getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] string(byte[] bytes) {
    return ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
  }

  public static byte[] uint32(long value) {
    return ByteBuffer.allocate(4).putInt((int) value).array();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
