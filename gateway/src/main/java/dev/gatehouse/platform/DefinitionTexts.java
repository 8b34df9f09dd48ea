package dev.gatehouse.platform;

import dev.gatehouse.platform.objects.Manifests;
import java.util.List;

/** Compares definitions as they are written. */
final class DefinitionTexts {
  private DefinitionTexts() {}

  /** Returns the settings that differ; none if only comments or the layout do. */
  static List<FieldChange> between(String before, String after) {
    return FieldChanges.between(Manifests.tree(before), Manifests.tree(after));
  }
}
