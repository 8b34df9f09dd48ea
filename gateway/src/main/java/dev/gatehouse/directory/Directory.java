package dev.gatehouse.directory;

import dev.gatehouse.name.Username;

/** Looks people up. Calls may block on the network and belong on virtual threads. */
public interface Directory {
  PersonLookup person(Username username);
}
