package dev.gatehouse.workspace;

import java.time.Instant;

/**
 * Something that the platform did with a workspace.
 *
 * @param reason one word, such as {@code Pulled}
 */
public record WorkspaceEvent(Instant at, String reason, String message, boolean warning) {}
