package dev.gatehouse.bench;

import static dev.gatehouse.testkit.RawSsh.message;
import static dev.gatehouse.testkit.RawSsh.string;

import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/**
 * One end of an SSH connection that costs its process as little as can be: one suite of algorithms,
 * one ephemeral key for all connections, no look at the other's host key. It is for load on
 * loopback and has no security at all.
 *
 * <p>One thread reads; any may send. It waits for what it reads and sends until it is given to a
 * {@link LightLoop}.
 */
final class LightTransport implements AutoCloseable {

  private static final byte[] X25519 = HexFormat.of().parseHex("302a300506032b656e032100");
  private static final int POINT = 32;
  private static final int BUFFER = 4096;
  private static final String IDENTIFICATION = "SSH-2.0-GatehouseBench";
  private static final KeyPair EPHEMERAL = ephemeral();
  private static final byte[] OUR_POINT = point(EPHEMERAL.getPublic());
  private static final byte[] OUR_KEXINIT =
      message(
          SshMessage.KEXINIT,
          new byte[16],
          string("curve25519-sha256"),
          string("ssh-ed25519"),
          string(Gcm.NAME),
          string(Gcm.NAME),
          string("hmac-sha2-256"),
          string("hmac-sha2-256"),
          string("none"),
          string("none"),
          string(""),
          string(""),
          new byte[5]);

  private final SocketChannel channel;

  /** What has arrived and is not yet taken, from its position to its limit. */
  private ByteBuffer in = ByteBuffer.allocate(BUFFER).limit(0);

  private byte[] sessionId = new byte[0];
  private @Nullable Gcm outgoing;
  private @Nullable Gcm incoming;

  private LightTransport(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Exchanges keys as the client. */
  static LightTransport client(SocketChannel channel) throws IOException {
    var transport = new LightTransport(channel);
    try {
      transport.exchange(null);
      return transport;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Exchanges keys as the server. */
  static LightTransport server(SocketChannel channel, LightKey hostKey) throws IOException {
    var transport = new LightTransport(channel);
    try {
      transport.exchange(hostKey);
      return transport;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  byte[] sessionId() {
    return sessionId;
  }

  SocketChannel channel() {
    return channel;
  }

  synchronized void send(byte[] payload) throws IOException {
    try {
      write(ByteBuffer.wrap(outgoing == null ? plain(payload) : outgoing.seal(payload)));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** Waits for the next message that is not of the transport itself. */
  byte[] receive() throws IOException {
    for (var message = arrived(); ; message = arrived()) {
      if (message != null) {
        return message;
      }
      fill();
    }
  }

  /** The next such message if it has arrived as a whole, else null. */
  byte @Nullable [] arrived() throws IOException {
    for (var message = next(); message != null; message = next()) {
      switch (message[0]) {
        case SshMessage.IGNORE, SshMessage.DEBUG, SshMessage.EXT_INFO -> {
          continue;
        }
        case SshMessage.DISCONNECT ->
            throw new IOException(
                "disconnected: "
                    + new String(message, 9, message.length - 9, StandardCharsets.UTF_8));
        default -> {
          return message;
        }
      }
    }
    return null;
  }

  /** Takes what is there, and waits for it until the channel is given to a loop. */
  void fill() throws IOException {
    if (in.remaining() == in.capacity()) {
      in = ByteBuffer.allocate(2 * in.capacity()).put(in);
    } else {
      in.compact();
    }
    var end = channel.read(in) < 0;
    in.flip();
    if (end) {
      throw new EOFException("the other side has hung up");
    }
  }

  /** The next message, which must be of this type. */
  byte[] expect(int type) throws IOException {
    var message = receive();
    if (message[0] != type) {
      throw new IOException("message " + message[0] + " instead of " + type);
    }
    return message;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void exchange(@Nullable LightKey hostKey) throws IOException, GeneralSecurityException {
    write(ByteBuffer.wrap((IDENTIFICATION + "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
    send(OUR_KEXINIT);
    var theirs = identification();
    var theirKexInit = expect(SshMessage.KEXINIT);
    if (hostKey == null) {
      send(message(SshMessage.KEX_ECDH_INIT, string(OUR_POINT)));
      var reply = fields(expect(SshMessage.KEX_ECDH_REPLY));
      var theirKey = next(reply);
      var theirPoint = next(reply);
      var secret = agree(theirPoint);
      var hash =
          hash(IDENTIFICATION, theirs, OUR_KEXINIT, theirKexInit, theirKey, OUR_POINT, theirPoint)
              .apply(secret);
      use(secret, hash, "AC", "BD");
    } else {
      var theirPoint = next(fields(expect(SshMessage.KEX_ECDH_INIT)));
      var secret = agree(theirPoint);
      var ourKey = hostKey.blob();
      var hash =
          hash(theirs, IDENTIFICATION, theirKexInit, OUR_KEXINIT, ourKey, theirPoint, OUR_POINT)
              .apply(secret);
      send(
          message(
              SshMessage.KEX_ECDH_REPLY,
              string(ourKey),
              string(OUR_POINT),
              string(hostKey.sign(hash))));
      use(secret, hash, "BD", "AC");
    }
  }

  /** Sends SshMessage.NEWKEYS and waits for it; letters of RFC 4253, 7.2, for vector and key. */
  private void use(byte[] secret, byte[] hash, String ours, String theirs)
      throws IOException, GeneralSecurityException {
    sessionId = hash;
    send(message(SshMessage.NEWKEYS));
    outgoing = cipher(Cipher.ENCRYPT_MODE, secret, hash, ours);
    expect(SshMessage.NEWKEYS);
    incoming = cipher(Cipher.DECRYPT_MODE, secret, hash, theirs);
  }

  private static Gcm cipher(int mode, byte[] secret, byte[] hash, String letters)
      throws GeneralSecurityException {
    var iv = sha256(secret, hash, new byte[] {(byte) letters.charAt(0)}, hash);
    var key = sha256(secret, hash, new byte[] {(byte) letters.charAt(1)}, hash);
    return new Gcm(mode, Arrays.copyOf(key, Gcm.KEY), Arrays.copyOf(iv, Gcm.IV));
  }

  /** A server may say other lines before (RFC 4253, 4.2). */
  private String identification() throws IOException {
    while (true) {
      var line = new StringBuilder();
      for (var c = octet(); c != '\n'; c = octet()) {
        line.append((char) c);
      }
      if (line.toString().startsWith("SSH-")) {
        return line.toString().strip();
      }
    }
  }

  private byte octet() throws IOException {
    while (!in.hasRemaining()) {
      fill();
    }
    return in.get();
  }

  /** Of what is on a loop, so little is under way that the socket always has room for it. */
  private void write(ByteBuffer packet) throws IOException {
    while (packet.hasRemaining()) {
      if (channel.write(packet) == 0) {
        throw new IOException("the other side takes nothing");
      }
    }
  }

  private byte @Nullable [] next() throws IOException {
    try {
      return incoming == null ? plain() : incoming.open(in);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private byte @Nullable [] plain() {
    if (in.remaining() < 4 || in.remaining() < 4 + in.getInt(in.position())) {
      return null;
    }
    var body = new byte[in.getInt()];
    in.get(body);
    return Arrays.copyOfRange(body, 1, body.length - (body[0] & 0xff));
  }

  private static byte[] plain(byte[] payload) {
    var padding = 8 - (5 + payload.length) % 8;
    padding = padding < 4 ? padding + 8 : padding;
    return ByteBuffer.allocate(5 + payload.length + padding)
        .putInt(1 + payload.length + padding)
        .put((byte) padding)
        .put(payload)
        .array();
  }

  /** RFC 8731, 3: all but the secret, which comes last. */
  private interface Hash {
    byte[] apply(byte[] secret) throws GeneralSecurityException;
  }

  private static Hash hash(
      String client,
      String server,
      byte[] clientInit,
      byte[] serverInit,
      byte[] hostKey,
      byte[] clientPoint,
      byte[] serverPoint) {
    return secret ->
        sha256(
            string(client),
            string(server),
            string(clientInit),
            string(serverInit),
            string(hostKey),
            string(clientPoint),
            string(serverPoint),
            secret);
  }

  /** The shared secret as an mpint. */
  private static byte[] agree(byte[] theirPoint) throws GeneralSecurityException {
    var encoded = Arrays.copyOf(X25519, X25519.length + POINT);
    System.arraycopy(theirPoint, 0, encoded, X25519.length, POINT);
    var agreement = KeyAgreement.getInstance("X25519");
    agreement.init(EPHEMERAL.getPrivate());
    agreement.doPhase(
        KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(encoded)), true);
    return string(new BigInteger(1, agreement.generateSecret()).toByteArray());
  }

  static ByteBuffer fields(byte[] message) {
    return ByteBuffer.wrap(message, 1, message.length - 1);
  }

  static byte[] next(ByteBuffer fields) {
    var bytes = new byte[fields.getInt()];
    fields.get(bytes);
    return bytes;
  }

  static String text(ByteBuffer fields) {
    return new String(next(fields), StandardCharsets.UTF_8);
  }

  private static KeyPair ephemeral() {
    try {
      return KeyPairGenerator.getInstance("X25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] point(PublicKey key) {
    var encoded = key.getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - POINT, encoded.length);
  }

  private static byte[] sha256(byte[]... parts) throws GeneralSecurityException {
    var digest = MessageDigest.getInstance("SHA-256");
    for (var part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }
}
