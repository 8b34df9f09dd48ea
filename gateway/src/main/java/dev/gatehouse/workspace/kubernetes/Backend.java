package dev.gatehouse.workspace.kubernetes;

import java.time.InstantSource;

/** What starts and stops work on. */
record Backend(
    Cluster cluster,
    Api api,
    PeopleFiles people,
    Reaching reaching,
    Doomed doomed,
    InstantSource clock) {}
