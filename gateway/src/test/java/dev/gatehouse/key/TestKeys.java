package dev.gatehouse.key;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** Keys for tests: real ones from ssh-keygen, and wire forms put together by hand. */
public final class TestKeys {
  private TestKeys() {}

  /** A line that ssh-keygen wrote, such as {@code ed25519} or {@code rsab1024}. */
  public static String line(String name) {
    try (var in = TestKeys.class.getResourceAsStream(name + ".pub")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A key of the right form, another for each number. */
  public static SshPublicKey ed25519(int number) {
    var point = new byte[32];
    Arrays.fill(point, (byte) number);
    return SshPublicKey.of(blob("ssh-ed25519", point));
  }

  /** A wire form: each field as an RFC 4251 string, a number as an mpint. */
  public static byte[] blob(Object... fields) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      for (var field : fields) {
        var value = bytes(field);
        out.writeInt(value.length);
        out.write(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(Object field) {
    return switch (field) {
      case byte[] bytes -> bytes;
      case BigInteger number -> number.toByteArray();
      default -> field.toString().getBytes(StandardCharsets.US_ASCII);
    };
  }
}
