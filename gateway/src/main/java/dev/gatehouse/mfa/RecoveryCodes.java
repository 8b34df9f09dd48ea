package dev.gatehouse.mfa;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Base32;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Codes on paper for who has lost their phone. Each has 80 random bits, so that a plain hash keeps
 * them: there is nothing to guess that a slow one would have to protect.
 */
final class RecoveryCodes {
  static final int COUNT = 10;
  private static final int BYTES = 10;

  /** What an attacker would have to meet: more than the code itself has. */
  private static final int HASH_BYTES = 16;

  private static final Pattern FOUR = Pattern.compile("(?<=\\G.{4})(?!$)");
  private static final Pattern BETWEEN = Pattern.compile("[\\s-]");

  private RecoveryCodes() {}

  /** In groups of four, as {@code abcd-efgh-ijkl-mnop}. */
  static List<String> random(SecureRandom random) {
    return Stream.generate(() -> one(random)).limit(COUNT).toList();
  }

  private static String one(SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    var code = new Base32().encodeToString(bytes).toLowerCase(Locale.ROOT);
    return FOUR.matcher(code).replaceAll("-");
  }

  /** Of a code as people type it: capitals, blanks and dashes do not matter. */
  static String hash(String typed) {
    var plain = BETWEEN.matcher(typed).replaceAll("").toLowerCase(Locale.ROOT);
    var hash = DigestUtils.sha256(plain.getBytes(US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, HASH_BYTES));
  }
}
