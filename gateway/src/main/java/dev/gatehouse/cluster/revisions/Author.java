package dev.gatehouse.cluster.revisions;

import java.util.Optional;

/**
 * Who changed the definition.
 *
 * @param who a person's name
 * @param from where they did it, such as {@code ssh from 192.0.2.7} or {@code gatehouse apply}
 * @param why in their own words
 */
public record Author(String who, String from, Optional<String> why) {}
