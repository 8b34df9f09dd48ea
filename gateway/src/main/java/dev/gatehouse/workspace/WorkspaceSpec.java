package dev.gatehouse.workspace;

import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.directory.Person;

/** Everything that is needed to make a workspace run: what admission granted. */
public record WorkspaceSpec(WorkspaceId id, Person owner, MachineType type) {}
