package dev.gatehouse.cluster;

import java.util.Optional;

/** The section {@code definition}: how the definition itself is looked after. */
record DefinitionReader(Section section) {
  private static final int MAX_TEXT = 500;

  /** Where it is changed, if not in the console. */
  Optional<String> readOnly() {
    var readOnly = section.get("readOnly", Values.line(MAX_TEXT));
    section.refuseUnknownKeys();
    return readOnly;
  }
}
