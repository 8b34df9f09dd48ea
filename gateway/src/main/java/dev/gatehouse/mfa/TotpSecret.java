package dev.gatehouse.mfa;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/**
 * What a phone and the gateways share, and the codes of it: RFC 6238 with HMAC-SHA-1, steps of 30
 * seconds and 6 digits, because that is what every app on a phone does. It never shows itself.
 */
public final class TotpSecret {
  static final int DIGITS = 6;
  private static final int STEP_SECONDS = 30;

  /** As long as the hash, which RFC 4226, 4, recommends. */
  private static final int BYTES = 20;

  private final byte[] key;

  private TotpSecret(byte[] key) {
    this.key = key;
  }

  public static TotpSecret random(SecureRandom random) {
    var key = new byte[BYTES];
    random.nextBytes(key);
    return new TotpSecret(key);
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  public static TotpSecret ofBase32(String text) {
    var base32 = new Base32();
    var key = base32.decode(text);
    // Decoding passes over characters of no meaning; what is stored has none.
    if (key.length != BYTES || !base32.encodeToString(key).equals(text)) {
      throw new IllegalArgumentException("not a secret of %s bytes in base32".formatted(BYTES));
    }
    return new TotpSecret(key);
  }

  /** As people type it into a phone that cannot scan. */
  public String base32() {
    return new Base32().encodeToString(key);
  }

  /**
   * What a QR code for a phone holds (the Key Uri Format of Google Authenticator, which others
   * read). What is usual in it is left out: some apps refuse it when it is said.
   *
   * @param issuer where the code is for
   */
  public String uri(String issuer, String account) {
    return "otpauth://totp/%1$s:%2$s?secret=%3$s&issuer=%1$s"
        .formatted(encoded(issuer), encoded(account), base32());
  }

  /** The code at a time. */
  public String codeAt(Instant when) {
    return code(stepAt(when), DIGITS);
  }

  /** The number of the time step (T in RFC 6238, 4.2). */
  static long stepAt(Instant when) {
    return Math.floorDiv(when.getEpochSecond(), STEP_SECONDS);
  }

  /** RFC 4226, 5.3. */
  String code(long step, int digits) {
    var hash = hmac(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    var offset = hash[hash.length - 1] & 0xf;
    var number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
    var text = "%010d".formatted(number);
    return text.substring(text.length() - digits);
  }

  private byte[] hmac(byte[] message) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "RAW"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA1", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return "a TOTP secret";
  }
}
