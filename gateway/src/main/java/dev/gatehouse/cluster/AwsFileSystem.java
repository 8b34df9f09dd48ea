package dev.gatehouse.cluster;

import java.util.Optional;

/**
 * A file system of EFS.
 *
 * @param id of one that is there; absent: the platform makes one
 * @param backups whether AWS Backup copies the new one every day
 */
public record AwsFileSystem(Optional<String> id, boolean backups) {}
