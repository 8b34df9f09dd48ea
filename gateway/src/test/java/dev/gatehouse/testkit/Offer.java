package dev.gatehouse.testkit;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a server offers before anything is encrypted: SSH_MSG_KEXINIT (RFC 4253, 7.1). */
public record Offer(
    List<String> keyExchanges,
    List<String> hostKeys,
    List<String> ciphersIn,
    List<String> ciphersOut,
    List<String> macsIn,
    List<String> macsOut,
    List<String> compressionsIn,
    List<String> compressionsOut) {
  private static final int KEXINIT = 20;
  private static final int COOKIE = 16;

  public static Offer of(SshTarget target) {
    try (var socket = new Socket(target.host(), target.port())) {
      socket.getOutputStream().write("SSH-2.0-offer\r\n".getBytes(StandardCharsets.US_ASCII));
      var in = new DataInputStream(socket.getInputStream());
      while (in.readByte() != '\n') {
        // The identification string.
      }
      in.readInt();
      in.readByte();
      if (in.readByte() != KEXINIT) {
        throw new AssertionError("no KEXINIT");
      }
      in.skipNBytes(COOKIE);
      return new Offer(
          names(in), names(in), names(in), names(in), names(in), names(in), names(in), names(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(DataInputStream in) throws IOException {
    return List.of(
        new String(in.readNBytes(in.readInt()), StandardCharsets.US_ASCII).split(",", -1));
  }
}
