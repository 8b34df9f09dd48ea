package dev.gatehouse.key;

import dev.gatehouse.failure.UserError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A public key in its wire form (RFC 4253, 6.6). Two keys are the same when those bytes are.
 *
 * @param type the key type, such as {@code ssh-ed25519}: the first string inside the wire form
 * @param base64 the whole wire form in base64 with padding, as it stands in an authorized_keys file
 */
public record SshPublicKey(String type, String base64) {
  private static final int MAX_TYPE = 64;

  /** RFC 4250, 4.6.1; nothing else may reach a log or a screen. */
  private static final Pattern TYPE = Pattern.compile("[a-zA-Z0-9@._+-]+");

  private static final Pattern BLANKS = Pattern.compile("[ \t]+");

  /** A 16384-bit RSA key has 2,800 characters. */
  private static final int MAX_LINE = 16 * 1024;

  /** Whether nothing signs with it but a security key (PROTOCOL.u2f). */
  public boolean isSecurityKey() {
    return type.startsWith("sk-");
  }

  /**
   * Takes a wire form.
   *
   * @throws UserError if it does not begin with a key type
   */
  public static SshPublicKey of(byte[] blob) {
    var in = ByteBuffer.wrap(blob);
    var length = in.remaining() < 4 ? -1 : in.getInt();
    if (length < 1 || length > MAX_TYPE || length >= in.remaining()) {
      throw UserError.usage("not an SSH public key: its first field is no key type");
    }
    var type = new String(blob, 4, length, StandardCharsets.US_ASCII);
    if (!TYPE.matcher(type).matches()) {
      throw UserError.usage("not an SSH public key: its first field is no key type");
    }
    return new SshPublicKey(type, Base64.getEncoder().encodeToString(blob));
  }

  /**
   * Reads {@code type base64 [comment]}, the public half of a line as ssh-keygen writes it, without
   * options.
   *
   * @throws UserError if the line is something else
   */
  public static SshPublicKey parse(String line) {
    if (line.length() > MAX_LINE) {
      throw UserError.usage("not an SSH public key: longer than %d characters".formatted(MAX_LINE));
    }
    return of(parts(line.strip()));
  }

  /** Splits {@code type base64 [comment]}; 10,000 keys are read to list as many people. */
  static String[] parts(String line) {
    return BLANKS.split(line, 3);
  }

  /** As {@link #parse}, of {@link #parts}. */
  static SshPublicKey of(String[] parts) {
    if (parts.length < 2) {
      throw UserError.usage("not an SSH public key: expected 'type base64 [comment]'");
    }
    try {
      var key = of(Base64.getDecoder().decode(parts[1]));
      if (!key.type.equals(parts[0])) {
        throw UserError.usage("not an SSH public key: its type differs from what its data says");
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw UserError.usage("not an SSH public key: its data is not base64");
    }
  }

  /** The wire form. */
  public byte[] blob() {
    return Base64.getDecoder().decode(base64);
  }

  /** {@code type base64}, as in an authorized_keys file. */
  public String line() {
    return type + " " + base64;
  }

  /** {@code SHA256:…}, as {@code ssh-keygen -l} prints it. */
  public String fingerprint() {
    var hash = DigestUtils.sha256(blob());
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
  }

  @Override
  public String toString() {
    return type + " " + fingerprint();
  }
}
