package dev.gatehouse.key;

import dev.gatehouse.failure.UserError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An OpenSSH certificate (PROTOCOL.certkeys of OpenSSH), taken apart and not yet believed.
 *
 * @param key the key that it is for
 * @param serial a number that the CA gave it, without sign; 0 if it gives none
 * @param id what the CA calls it in logs; hostile until the signature is checked
 * @param principals the names that it is for
 * @param validAfter seconds since 1970, without sign
 * @param validBefore likewise; the first second in which it is no longer valid
 * @param critical options that must be understood
 * @param extensions options that may be left aside
 * @param ca the key that signed
 * @param base64 the whole wire form
 * @param signedBytes how many bytes of it the CA's signature is over; the signature follows
 */
public record Certificate(
    SshPublicKey key,
    long serial,
    Type type,
    String id,
    List<String> principals,
    long validAfter,
    long validBefore,
    Map<String, String> critical,
    Map<String, String> extensions,
    SshPublicKey ca,
    String base64,
    int signedBytes) {

  /** What it certifies. */
  public enum Type {
    USER,
    HOST
  }

  private static final String SUFFIX = "-cert-v01@openssh.com";
  private static final String SK_SUFFIX = "@openssh.com";

  /** As OpenSSH's SSHKEY_CERT_MAX_PRINCIPALS. */
  private static final int MAX_PRINCIPALS = 256;

  /** Whether a key type or signature algorithm of that name is one of certificates. */
  public static boolean isType(String name) {
    return name.endsWith(SUFFIX);
  }

  /** The plain name: {@code sk-ssh-ed25519@openssh.com} for its certificate's. */
  public static String plainName(String name) {
    if (!isType(name)) {
      return name;
    }
    var plain = name.substring(0, name.length() - SUFFIX.length());
    return plain.startsWith("sk-") ? plain + SK_SUFFIX : plain;
  }

  /**
   * Reads the wire form.
   *
   * @throws UserError if it is none, or of a key type that has none
   */
  public static Certificate parse(byte[] blob) {
    var in = new WireReader(blob);
    var typeName = new String(in.string(), StandardCharsets.US_ASCII);
    if (!isType(typeName)) {
      throw UserError.usage("not a certificate");
    }
    in.string(); // nonce
    var key = key(plainName(typeName), in);
    var serial = in.uint64();
    var type = type(in.uint32());
    var id = in.text();
    var principals = principals(in.inner());
    var validAfter = in.uint64();
    var validBefore = in.uint64();
    var critical = options(in.inner());
    var extensions = options(in.inner());
    in.string(); // reserved
    var ca = SshPublicKey.of(in.string());
    if (isType(ca.type())) {
      throw UserError.usage("a certificate cannot sign another");
    }
    var signedBytes = in.position();
    in.string(); // signature
    in.requireEnd();
    var base64 = Base64.getEncoder().encodeToString(blob);
    return new Certificate(
        key,
        serial,
        type,
        id,
        principals,
        validAfter,
        validBefore,
        critical,
        extensions,
        ca,
        base64,
        signedBytes);
  }

  public boolean isValidAt(Instant time) {
    var now = time.getEpochSecond();
    return Long.compareUnsigned(validAfter, now) <= 0 && Long.compareUnsigned(now, validBefore) < 0;
  }

  /** Whether its CA has signed it, with one of these algorithms. */
  public boolean isSigned(SignatureAlgorithms algorithms) {
    var blob = Base64.getDecoder().decode(base64);
    var signature = new WireReader(Arrays.copyOfRange(blob, signedBytes, blob.length)).string();
    return algorithms.verify(
        ca, SignatureAlgorithms.nameIn(signature), signature, Arrays.copyOf(blob, signedBytes));
  }

  /** The plain key's fields stand in the certificate without their frame. */
  private static SshPublicKey key(String plainType, WireReader in) {
    var fields = new ArrayList<byte[]>();
    fields.add(plainType.getBytes(StandardCharsets.US_ASCII));
    for (var i = 0; i < fieldCount(plainType); i++) {
      fields.add(in.string());
    }
    var length = fields.stream().mapToInt(f -> Integer.BYTES + f.length).sum();
    var blob = ByteBuffer.allocate(length);
    fields.forEach(f -> blob.putInt(f.length).put(f));
    return SshPublicKey.of(blob.array());
  }

  private static int fieldCount(String plainType) {
    return switch (plainType) {
      case "ssh-ed25519" -> 1;
      case "ssh-rsa",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521",
          "sk-ssh-ed25519@openssh.com" ->
          2;
      case "sk-ecdsa-sha2-nistp256@openssh.com" -> 3;
      default -> throw UserError.usage("a certificate of an unknown type");
    };
  }

  private static Type type(int code) {
    return switch (code) {
      case 1 -> Type.USER;
      case 2 -> Type.HOST;
      default -> throw UserError.usage("a certificate neither of a user nor of a host");
    };
  }

  private static List<String> principals(WireReader in) {
    var principals = new ArrayList<String>();
    while (!in.atEnd()) {
      principals.add(in.text());
      if (principals.size() > MAX_PRINCIPALS) {
        throw UserError.usage("more than %d principals".formatted(MAX_PRINCIPALS));
      }
    }
    return List.copyOf(principals);
  }

  /** Names in the order of the certificate; a value is a string inside the data, or nothing. */
  private static Map<String, String> options(WireReader in) {
    var options = new LinkedHashMap<String, String>();
    while (!in.atEnd()) {
      var name = in.text();
      var data = in.inner();
      var value = data.atEnd() ? "" : data.text();
      data.requireEnd();
      if (options.put(name, value) != null) {
        throw UserError.usage("an option twice");
      }
    }
    return options;
  }
}
