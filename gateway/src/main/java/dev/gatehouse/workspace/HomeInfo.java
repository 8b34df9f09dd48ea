package dev.gatehouse.workspace;

import dev.gatehouse.name.Username;

/**
 * A person's home: one volume, in all of their workspaces.
 *
 * @param volume what the platform calls it
 * @param size as a Kubernetes quantity
 */
public record HomeInfo(Username owner, String volume, String size) {}
