package dev.gatehouse.aws.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.name.PoolName;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How node groups of ours are called: {@code gatehouse-POOL-1a2b3c}. The end is of what EKS cannot
 * change of a group, so that its successor has another name, and so that whoever follows an
 * operator that died makes the same one.
 */
final class NodeGroupNames {
  private static final String OURS = "gatehouse-";
  private static final String END = "-[0-9a-f]{6}";
  private static final int BYTES = 3;

  private NodeGroupNames() {}

  static String of(PoolName pool, Map<String, String> fixed) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(fixed.toString().getBytes(UTF_8));
      return OURS + pool + '-' + HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean isOurs(String group, PoolName pool) {
    return Pattern.matches(Pattern.quote(OURS + pool) + END, group);
  }

  static boolean isOurs(String group) {
    return Pattern.matches(OURS + ".+" + END, group);
  }
}
