package dev.gatehouse.directory;

import java.time.Duration;

/**
 * How it stands with a directory, for operators.
 *
 * @param reached whether a server answers
 * @param people how many are known
 * @param age since when what is known of them is no more confirmed
 */
public record DirectoryHealth(boolean reached, int people, Duration age) {}
