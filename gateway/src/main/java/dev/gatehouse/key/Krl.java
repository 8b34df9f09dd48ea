package dev.gatehouse.key;

import dev.gatehouse.failure.UserError;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The binary form of a revocation list (PROTOCOL.krl of OpenSSH). */
final class Krl {
  private static final byte[] MAGIC = {'S', 'S', 'H', 'K', 'R', 'L', '\n', 0};
  private static final int FORMAT = 1;

  private static final int CERTIFICATES = 1;
  private static final int EXPLICIT_KEY = 2;
  private static final int FINGERPRINT_SHA1 = 3;
  private static final int SIGNATURE = 4;
  private static final int FINGERPRINT_SHA256 = 5;

  private static final int SERIAL_LIST = 0x20;
  private static final int SERIAL_RANGE = 0x21;
  private static final int SERIAL_BITMAP = 0x22;
  private static final int KEY_ID = 0x23;

  /** As OpenSSH's: a bitmap of one bit a serial. */
  private static final int MAX_BITMAP_BYTES = 0x20000;

  private final Set<String> keys = new HashSet<>();
  private final Set<String> fingerprints = new HashSet<>();
  private final List<RevocationList.Certificates> certificates = new ArrayList<>();

  private Krl() {}

  static boolean isKrl(byte[] content) {
    return RevocationList.startsWith(content, MAGIC);
  }

  static RevocationList parse(byte[] content) {
    var in = new WireReader(content);
    in.bytes(MAGIC.length);
    if (in.uint32() != FORMAT) {
      throw UserError.usage("a KRL of an unknown version");
    }
    in.uint64(); // version of the list
    in.uint64(); // when it was made
    in.uint64(); // flags: none are known
    in.string(); // reserved
    in.string(); // comment
    var krl = new Krl();
    while (!in.atEnd()) {
      krl.section(in);
    }
    return new RevocationList(krl.keys, krl.fingerprints, krl.certificates);
  }

  private void section(WireReader in) {
    var type = in.uint8();
    var section = in.inner();
    switch (type) {
      case CERTIFICATES -> certificates(section);
      case EXPLICIT_KEY ->
          section.strings().forEach(k -> keys.add(Base64.getEncoder().encodeToString(k)));
      case FINGERPRINT_SHA1 -> fingerprints("SHA1:", section);
      case FINGERPRINT_SHA256 -> fingerprints("SHA256:", section);
      // OpenSSH makes none any more, and the file is as trusted as the definition that names it.
      case SIGNATURE -> {}
      default -> throw UserError.usage("a KRL with a section of the unknown type " + type);
    }
  }

  private void fingerprints(String prefix, WireReader section) {
    section.strings().forEach(f -> fingerprints.add(RevocationList.fingerprint(prefix, f)));
  }

  private void certificates(WireReader section) {
    var caBlob = section.string();
    var ca =
        caBlob.length == 0 ? Optional.<SshPublicKey>empty() : Optional.of(SshPublicKey.of(caBlob));
    section.string(); // reserved
    while (!section.atEnd()) {
      var revoked = subsection(section.uint8(), section.inner());
      certificates.add(c -> ca.map(c.ca()::equals).orElse(true) && revoked.revoke(c));
    }
  }

  private static RevocationList.Certificates subsection(int type, WireReader in) {
    return switch (type) {
      case SERIAL_LIST -> serials(in);
      case SERIAL_RANGE -> range(in);
      case SERIAL_BITMAP -> bitmap(in);
      case KEY_ID -> ids(in);
      default ->
          throw UserError.usage("a KRL with certificates of the unknown section type " + type);
    };
  }

  private static RevocationList.Certificates serials(WireReader in) {
    var serials = new HashSet<Long>();
    while (!in.atEnd()) {
      serials.add(in.uint64());
    }
    return c -> serials.contains(c.serial());
  }

  private static RevocationList.Certificates range(WireReader in) {
    var first = in.uint64();
    var last = in.uint64();
    in.requireEnd();
    return c ->
        Long.compareUnsigned(first, c.serial()) <= 0 && Long.compareUnsigned(c.serial(), last) <= 0;
  }

  private static RevocationList.Certificates bitmap(WireReader in) {
    var offset = in.uint64();
    var bits = in.string();
    in.requireEnd();
    if (bits.length > MAX_BITMAP_BYTES) {
      throw UserError.usage("a KRL with a bitmap that is too large");
    }
    var bitmap = new BigInteger(1, bits);
    return c -> {
      var bit = c.serial() - offset;
      return bit >= 0 && bit < bitmap.bitLength() && bitmap.testBit((int) bit);
    };
  }

  private static RevocationList.Certificates ids(WireReader in) {
    var ids = new HashSet<String>();
    while (!in.atEnd()) {
      ids.add(in.text());
    }
    return c -> ids.contains(c.id());
  }
}
