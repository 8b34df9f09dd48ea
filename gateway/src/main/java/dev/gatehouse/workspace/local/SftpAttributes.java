package dev.gatehouse.workspace.local;

import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * A file's attributes in the form of SFTP version 3 (draft-ietf-secsh-filexfer-02, 5), by the names
 * that Java has for them.
 */
final class SftpAttributes {
  static final String SIZE = "size";
  static final String UID = "uid";
  static final String GID = "gid";
  static final String MODE = "mode";
  static final String ACCESSED = "lastAccessTime";
  static final String MODIFIED = "lastModifiedTime";

  /** The bits of a mode that chmod(2) takes: setuid, setgid and sticky too. */
  static final int ALL_MODES = 07777;

  /** What MINA gives a file that it makes. */
  private static final String PERMISSIONS = "permissions";

  private static final int HAS_SIZE = 1;
  private static final int HAS_OWNER = 2;
  private static final int HAS_MODE = 4;
  private static final int HAS_TIMES = 8;
  private static final int HAS_MORE = 0x80000000;
  private static final long UNSIGNED = 0xffffffffL;

  private SftpAttributes() {}

  /** Writes those of {@code unix:*}, or none. */
  static void write(Buffer buffer, Map<String, ?> attributes) {
    if (attributes.isEmpty()) {
      buffer.putInt(0);
      return;
    }
    buffer.putInt(HAS_SIZE | HAS_OWNER | HAS_MODE | HAS_TIMES);
    buffer.putLong(get(attributes, SIZE, Long.class));
    buffer.putInt(get(attributes, UID, Integer.class) & UNSIGNED);
    buffer.putInt(get(attributes, GID, Integer.class) & UNSIGNED);
    buffer.putInt(get(attributes, MODE, Integer.class) & UNSIGNED);
    buffer.putInt(seconds(get(attributes, ACCESSED, FileTime.class)));
    buffer.putInt(seconds(get(attributes, MODIFIED, FileTime.class)));
  }

  /** One that {@code unix:*} always has. */
  static <T> T get(Map<String, ?> attributes, String name, Class<T> type) {
    return type.cast(Objects.requireNonNull(attributes.get(name), name));
  }

  private static long seconds(FileTime time) {
    return time.to(TimeUnit.SECONDS) & UNSIGNED;
  }

  static Map<String, Object> read(Buffer buffer) {
    var attributes = new TreeMap<String, Object>();
    var flags = buffer.getInt();
    if ((flags & HAS_SIZE) != 0) {
      attributes.put(SIZE, buffer.getLong());
    }
    if ((flags & HAS_OWNER) != 0) {
      attributes.put(UID, buffer.getInt());
      attributes.put(GID, buffer.getInt());
    }
    if ((flags & HAS_MODE) != 0) {
      var mode = buffer.getInt();
      attributes.put(MODE, mode);
      attributes.put(PERMISSIONS, PosixFilePermissions.fromString(LongName.rights(mode)));
    }
    if ((flags & HAS_TIMES) != 0) {
      attributes.put(ACCESSED, FileTime.from(buffer.getUInt(), TimeUnit.SECONDS));
      attributes.put(MODIFIED, FileTime.from(buffer.getUInt(), TimeUnit.SECONDS));
    }
    if ((flags & HAS_MORE) != 0) {
      for (var left = buffer.getUInt(); left > 0; left--) {
        buffer.getBytes();
        buffer.getBytes();
      }
    }
    return attributes;
  }
}
