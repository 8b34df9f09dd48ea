package dev.gatehouse.cluster;

import dev.gatehouse.name.StorageName;
import java.util.Optional;

/**
 * A volume that the platform makes, for all workspaces whose machine type mounts it.
 *
 * @param description empty if nothing is said
 */
public record Storage(StorageName name, String description, Kind kind) {
  /** Returns the name of its PersistentVolumeClaim in the workspaces' namespace. */
  public String claim() {
    return claim(name);
  }

  static String claim(StorageName name) {
    return "storage-" + name;
  }

  /**
   * Returns the group that may write, by its number; people have it in workspaces that mount it.
   */
  public Optional<Integer> group() {
    return switch (kind) {
      case SharedFolder folder -> folder.gid();
      case Bucket bucket -> bucket.gid();
      // All who write through an access point are the user of the point.
      case AccessPoint _ -> Optional.empty();
    };
  }

  /** Whether nobody can write to it. */
  public boolean isReadOnly() {
    return kind instanceof Bucket bucket && bucket.readOnly();
  }

  /** Where the volume comes from. */
  public sealed interface Kind {}

  /**
   * A volume that many nodes mount at once (ReadWriteMany), by a class that makes it.
   *
   * @param gid of a group that may write in its root
   */
  public record SharedFolder(ByteQuantity size, String storageClass, Optional<Integer> gid)
      implements Kind {}

  /**
   * An access point of EFS. EFS lets every file belong to the point's own user and group, whoever
   * writes it.
   *
   * @param fileSystem such as {@code fs-0123456789abcdef0}
   * @param path the folder of the file system below which the access point's folder is made
   * @param mode of that folder, in octal digits
   */
  public record AccessPoint(String fileSystem, String path, int uid, int gid, String mode)
      implements Kind {}

  /**
   * A bucket of S3 as files, by the Mountpoint driver.
   *
   * @param prefix empty for the whole bucket, or it ends with a slash
   * @param gid of the group that may write; the driver's own rule if empty
   */
  public record Bucket(
      String bucket, String prefix, String region, boolean readOnly, Optional<Integer> gid)
      implements Kind {}
}
