package dev.gatehouse.cluster;

import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.ServiceName;
import java.util.NavigableMap;
import java.util.Set;

/**
 * A recipe for a workspace.
 *
 * @param groups who may use it; empty means everybody
 * @param environment variables that every session in the workspace has
 * @param services what a tunnel starts in it
 * @param idle when it is stopped
 */
public record MachineType(
    MachineTypeName name,
    String description,
    Set<GroupName> groups,
    NavigableMap<String, String> environment,
    Hardware hardware,
    NavigableMap<ServiceName, WorkspaceService> services,
    IdlePolicy idle) {}
