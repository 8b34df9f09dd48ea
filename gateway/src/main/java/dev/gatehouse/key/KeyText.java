package dev.gatehouse.key;

import dev.gatehouse.failure.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.sshd.common.util.io.der.DERParser;

/**
 * Public keys in the forms in which people have them, turned into lines of an authorized_keys file:
 * these lines themselves, RFC 4716 (PuTTYgen's "Save public key"), PEM of a SubjectPublicKeyInfo
 * (openssl, ssh-keygen's PKCS8) or of PKCS#1, and the base64 data alone.
 */
public final class KeyText {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  /** The length of the first field, which is the name of a key type, in base64. */
  private static final Pattern DATA = Pattern.compile("AAAA[A-Za-z0-9+/]{20,}={0,2}");

  /** The rest of a key that was cut, perhaps with the comment. */
  private static final Pattern PIECE = Pattern.compile("[A-Za-z0-9+/]{20,}={0,2}(\\s.*)?");

  private static final Pattern FINGERPRINT =
      Pattern.compile(
          "(?i).*(^|\\s)(SHA256:[A-Za-z0-9+/]{43}=?|(MD5:)?([0-9a-f]{2}:){15}[0-9a-f]{2})(\\s.*)?");

  private KeyText() {}

  /**
   * Returns the lines of the keys, one each, without comments and empty lines.
   *
   * @throws UserError if there is something of another kind, naming what makes a public key of it
   */
  public static List<String> lines(String text) {
    var lines = new ArrayList<String>();
    var rest =
        (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
            .lines()
            .map(String::strip)
            .iterator();
    while (rest.hasNext()) {
      var line = rest.next();
      if (line.startsWith("----")) {
        lines.add(block(line, rest));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        lines.add(line(line, lines.isEmpty() ? "" : lines.getLast()));
      }
    }
    return List.copyOf(lines);
  }

  private static String line(String line, String before) {
    if (DATA.matcher(line).matches()) {
      return of(decoded(line), "");
    }
    if (FINGERPRINT.matcher(line).matches() && !line.contains(" AAAA")) {
      throw UserError.usage(
          "this is the fingerprint of a key, not the key; give the line of its .pub file");
    }
    if (!before.isEmpty() && PIECE.matcher(line).matches()) {
      throw UserError.usage(
          "a key is one line 'type base64 comment', and this one is cut into several; copy it again"
              + " or pipe in its .pub file");
    }
    return line;
  }

  /** What stands between BEGIN and END. */
  private static String block(String begin, Iterator<String> rest) {
    var kind = begin.replace("-", "").strip().toUpperCase(Locale.ROOT);
    var body = new ArrayList<String>();
    var ended = false;
    while (!ended && rest.hasNext()) {
      var line = rest.next();
      ended = line.startsWith("----") && line.toUpperCase(Locale.ROOT).contains("END");
      if (!ended) {
        body.add(line);
      }
    }
    return switch (kind) {
      case "BEGIN SSH2 PUBLIC KEY" -> rfc4716(body);
      case "BEGIN PUBLIC KEY" -> subjectPublicKeyInfo(decoded(String.join("", body)));
      case "BEGIN RSA PUBLIC KEY" -> pkcs1(decoded(String.join("", body)));
      case "BEGIN CERTIFICATE", "BEGIN TRUSTED CERTIFICATE" ->
          throw UserError.usage(
              "this is an X.509 certificate; 'openssl x509 -in FILE -noout -pubkey' prints the"
                  + " public key in it");
      case "BEGIN PGP PUBLIC KEY BLOCK" ->
          throw UserError.usage(
              "this is an OpenPGP key; 'gpg --export-ssh-key ID' prints it for SSH");
      default ->
          throw UserError.usage(
              "not an SSH public key; 'ssh-keygen -i -f FILE' may make one of it, and -m PKCS8 or"
                  + " -m PEM says what it is");
    };
  }

  /** Headers may go on in the next line (RFC 4716, 3.3). */
  private static String rfc4716(List<String> body) {
    var data = new StringBuilder();
    var comment = "";
    for (var lines = body.iterator(); lines.hasNext(); ) {
      var line = lines.next();
      if (line.contains(":")) {
        var header = new StringBuilder(line);
        while (header.charAt(header.length() - 1) == '\\' && lines.hasNext()) {
          header.setLength(header.length() - 1);
          header.append(lines.next());
        }
        comment = comment(header.toString()).orElse(comment);
      } else {
        data.append(line);
      }
    }
    return of(decoded(data.toString()), comment);
  }

  private static Optional<String> comment(String header) {
    if (!header.toLowerCase(Locale.ROOT).startsWith("comment:")) {
      return Optional.empty();
    }
    var value = header.substring("comment:".length()).strip();
    return Optional.of(
        value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
            ? value.substring(1, value.length() - 1)
            : value);
  }

  private static String subjectPublicKeyInfo(byte[] der) {
    for (var algorithm : List.of("RSA", "EC", "Ed25519")) {
      try {
        var key = KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
        // The key itself stands at the end of the structure (RFC 8410, 4).
        return algorithm.equals("Ed25519")
            ? of(ed25519(Arrays.copyOfRange(der, der.length - 32, der.length)), "")
            : KeyFile.publicKey(key).line();
      } catch (GeneralSecurityException | IllegalArgumentException e) {
        // It is of another kind.
      }
    }
    throw UserError.usage("this public key is of no kind that SSH knows");
  }

  private static String pkcs1(byte[] der) {
    try (var outer = new DERParser(der);
        var numbers = outer.readObject().createParser()) {
      var spec = new RSAPublicKeySpec(numbers.readBigInteger(), numbers.readBigInteger());
      return KeyFile.publicKey(KeyFactory.getInstance("RSA").generatePublic(spec)).line();
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw UserError.usage("this RSA public key is malformed");
    }
  }

  private static byte[] ed25519(byte[] point) {
    var type = "ssh-ed25519".getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(4 + type.length + 4 + point.length)
        .putInt(type.length)
        .put(type)
        .putInt(point.length)
        .put(point)
        .array();
  }

  private static String of(byte[] blob, String comment) {
    return (SshPublicKey.of(blob).line() + " " + comment).strip();
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw UserError.usage("not an SSH public key: its data is not base64");
    }
  }
}
