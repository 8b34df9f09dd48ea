package dev.gatehouse.cluster;

import dev.gatehouse.name.AppName;
import dev.gatehouse.name.GroupName;
import java.util.Set;
import java.util.SortedSet;

/**
 * Something that runs beside the workspaces and that people reach by its name, through the gateway.
 *
 * @param host a host name or an IP address, as the gateway reaches it
 * @param ports those that may be reached, the same at the app as in a tunnel; never empty
 * @param groups who may reach it; never empty
 */
public record App(
    AppName name,
    String description,
    String host,
    SortedSet<Integer> ports,
    Set<GroupName> groups) {}
