package dev.gatehouse.platform.usage;

import dev.gatehouse.platform.usage.Sighting.Subject;

/**
 * Up to when a pod or a node has been counted: whoever counts next goes on there. Moments are in
 * seconds since 1970.
 *
 * @param over whether it had gone when somebody looked last
 */
record Counter(long until, Subject subject, long usedUntil, boolean over) {}
