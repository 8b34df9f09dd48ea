package dev.gatehouse.workspace;

import dev.gatehouse.name.Username;
import java.util.Optional;

/**
 * A person's home: one volume, in all of their workspaces.
 *
 * @param volume what the platform calls it
 * @param size as a Kubernetes quantity
 * @param growth what is to be known if it is not as large as the definition says: how a sentence
 *     about it goes on
 */
public record HomeInfo(Username owner, String volume, String size, Optional<String> growth) {}
