package dev.gatehouse.workspace.local;

import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** A line of {@code ls -l}, which SFTP version 3 has for each file of a folder. */
final class LongName {
  /** By the four bits of a mode that say the type (inode(7)). */
  private static final String TYPES = "?pc?d?b?-?l?s???";

  private static final DateTimeFormatter THIS_YEAR =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter LONG_AGO =
      DateTimeFormatter.ofPattern("MMM ppd  yyyy", Locale.ROOT);
  private static final Duration HALF_A_YEAR = Duration.ofDays(182);

  private LongName() {}

  /** From the attributes of {@code unix:*}. */
  static String of(String name, Map<String, ?> attributes) {
    return "%s %3d %-8s %-8s %8d %s %s"
        .formatted(
            mode(SftpAttributes.get(attributes, SftpAttributes.MODE, Integer.class)),
            SftpAttributes.get(attributes, "nlink", Integer.class),
            attributes.get("owner"),
            attributes.get("group"),
            SftpAttributes.get(attributes, SftpAttributes.SIZE, Long.class),
            date(
                SftpAttributes.get(attributes, SftpAttributes.MODIFIED, FileTime.class)
                    .toInstant()),
            name);
  }

  /** The nine letters of a mode, without its special bits. */
  static String rights(int mode) {
    return rights(mode >> 6, 0, "") + rights(mode >> 3, 0, "") + rights(mode, 0, "");
  }

  private static String mode(int mode) {
    return TYPES.charAt(mode >> 12 & 0xf)
        + rights(mode >> 6, mode & 04000, "sS")
        + rights(mode >> 3, mode & 02000, "sS")
        + rights(mode, mode & 01000, "tT");
  }

  private static String rights(int bits, int special, String letters) {
    var mayRun = (bits & 1) != 0;
    var run = special != 0 ? letters.charAt(mayRun ? 0 : 1) : mayRun ? 'x' : '-';
    return ((bits & 4) != 0 ? "r" : "-") + ((bits & 2) != 0 ? "w" : "-") + run;
  }

  private static String date(Instant time) {
    var age = Duration.between(time, Instant.now()).abs();
    var format = age.compareTo(HALF_A_YEAR) < 0 ? THIS_YEAR : LONG_AGO;
    return format.withZone(ZoneId.systemDefault()).format(time);
  }
}
