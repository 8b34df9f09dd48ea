package dev.gatehouse.key;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Strings one after the other, each behind its length in four bytes (RFC 4251, 5). */
final class WireForm {
  private WireForm() {}

  /** All fields, at least one; empty if the bytes do not end where a field does. */
  static Optional<List<byte[]>> fields(byte[] blob) {
    var in = ByteBuffer.wrap(blob);
    var fields = new ArrayList<byte[]>();
    while (in.remaining() >= Integer.BYTES) {
      var length = in.getInt();
      if (length < 0 || length > in.remaining()) {
        return Optional.empty();
      }
      var field = new byte[length];
      in.get(field);
      fields.add(field);
    }
    return in.hasRemaining() || fields.isEmpty() ? Optional.empty() : Optional.of(fields);
  }
}
