package dev.gatehouse.frontdoor.replicas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Long texts for a request, which is one message of SSH: in zlib's form (RFC 1950) and base64. */
final class Deflated {
  /** As many bytes as a definition may have. */
  private static final int MOST = 4 << 20;

  private Deflated() {}

  static String of(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /**
   * @throws IllegalArgumentException if it is not such a text, or too long a one
   */
  static String text(String deflated) {
    var bytes = new ByteArrayInputStream(Base64.getDecoder().decode(deflated));
    try (var in = new InflaterInputStream(bytes)) {
      var text = in.readNBytes(MOST + 1);
      if (text.length > MOST) {
        throw new IllegalArgumentException("too long a text");
      }
      return new String(text, UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a compressed text", e);
    }
  }
}
