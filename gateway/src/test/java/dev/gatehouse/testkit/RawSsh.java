package dev.gatehouse.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An SSH client that writes unencrypted packets byte by byte (RFC 4253, 6), before and instead of a
 * key exchange, as wrong as the test wants; there is no SSH library in it.
 */
public final class RawSsh implements AutoCloseable {
  public static final int IGNORE = 2;
  public static final int KEXINIT = 20;
  public static final int NEWKEYS = 21;
  public static final int KEX_ECDH_INIT = 30;

  private static final int BLOCK = 8;

  private final Socket socket;
  private final DataOutputStream out;
  private final DataInputStream in;

  private RawSsh(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout((int) Poll.PATIENCE.toMillis());
    socket.setTcpNoDelay(true);
    out = new DataOutputStream(socket.getOutputStream());
    in = new DataInputStream(socket.getInputStream());
  }

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
    ssh.line("SSH-2.0-RawSsh");
    ssh.readLine();
    return ssh;
  }

  public void line(String text) {
    bytes((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Says that nothing more will come. */
  public void endInput() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      // The server has hung up already.
    }
  }

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

  /** A well-formed packet. */
  public void packet(byte[] payload) {
    var padding = BLOCK - (5 + payload.length) % BLOCK;
    padding = padding < 4 ? padding + BLOCK : padding;
    packet(1 + payload.length + padding, padding, payload, padding);
  }

  /** A packet whose fields say what the caller wants, and which may be something else. */
  public void packet(int length, int paddingLength, byte[] payload, int padding) {
    try {
      out.writeInt(length);
      out.writeByte(paddingLength);
      out.write(payload);
      out.write(new byte[padding]);
      out.flush();
    } catch (IOException e) {
      // The server has hung up: that is for the test to see.
    }
  }

  public void bytes(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      // As above.
    }
  }

  /** A KEXINIT (RFC 4253, 7.1) that offers this key exchange, with strict KEX or without. */
  public static byte[] kexInit(String kex, boolean strict) {
    return message(
        KEXINIT,
        new byte[16],
        string(kex + (strict ? ",kex-strict-c-v00@openssh.com" : "")),
        string("ssh-ed25519"),
        string("aes128-gcm@openssh.com"),
        string("aes128-gcm@openssh.com"),
        string("hmac-sha2-256"),
        string("hmac-sha2-256"),
        string("none"),
        string("none"),
        string(""),
        string(""),
        new byte[5]);
  }

  public static byte[] message(int type, byte[]... parts) {
    var message = new ByteArrayOutputStream();
    message.write(type);
    for (var part : parts) {
      message.writeBytes(part);
    }
    return message.toByteArray();
  }

  public static byte[] string(String text) {
    return string(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public static byte[] string(byte[] bytes) {
    var string = new ByteArrayOutputStream();
    for (var shift = 24; shift >= 0; shift -= 8) {
      string.write(bytes.length >> shift);
    }
    string.writeBytes(bytes);
    return string.toByteArray();
  }

  /** The payload of the next packet; empty when the connection has ended. */
  public byte[] read() {
    try {
      var length = in.readInt();
      var padding = in.readUnsignedByte();
      var payload = in.readNBytes(length - padding - 1);
      in.skipNBytes(padding);
      return payload;
    } catch (IOException e) {
      return new byte[0];
    }
  }

  /** The types of the messages until the server hangs up; fails if it does not. */
  public List<Integer> readToEnd() {
    var types = new ArrayList<Integer>();
    try {
      while (true) {
        var length = in.readInt();
        if (length < 2 || length > 40_000) {
          return types;
        }
        var padding = in.readUnsignedByte();
        var payload = in.readNBytes(length - padding - 1);
        in.skipNBytes(padding);
        types.add(payload[0] & 0xff);
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("the server does not hang up; it said " + types, e);
    } catch (IOException e) {
      return types;
    }
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
