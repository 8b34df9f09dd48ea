package dev.gatehouse.console;

import dev.gatehouse.name.MachineTypeName;

/** The name of a machine type that an administrator works on: TAB offers all of them. */
public record DefinedMachineType(MachineTypeName name) {
  DefinedMachineType(String word) {
    this(new MachineTypeName(word));
  }

  @Override
  public String toString() {
    return name.value();
  }
}
