package dev.gatehouse.cluster;

import java.util.Optional;

/**
 * A directory that the platform runs itself, in the gateway's namespace.
 *
 * @param base the DN above all of it
 * @param servers one, or two that mirror each other
 * @param storage of each server
 * @param storageClass of the servers and of the backups; the cluster's default, if empty
 * @param webUi whether people and groups can be changed in a browser too
 */
public record DeployedDirectory(
    String base,
    int servers,
    ByteQuantity storage,
    Optional<String> storageClass,
    Backup backup,
    boolean webUi) {

  public static final DeployedDirectory DEFAULT =
      new DeployedDirectory(
          "dc=gatehouse,dc=local",
          1,
          new ByteQuantity("10Gi"),
          Optional.empty(),
          new Backup("17 2 * * *", 14, new ByteQuantity("5Gi")),
          true);

  /**
   * @param schedule in UTC, as in crontab(5)
   * @param keep how many of the newest stay
   * @param storage of all backups together
   */
  public record Backup(String schedule, int keep, ByteQuantity storage) {}
}
