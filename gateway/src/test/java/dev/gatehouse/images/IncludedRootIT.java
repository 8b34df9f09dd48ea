package dev.gatehouse.images;

import dev.gatehouse.testkit.BuiltImages;
import dev.gatehouse.testkit.TargetFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A workspace in an image that holds the toolbox. */
final class IncludedRootIT extends ToolboxContract {
  @RegisterExtension
  static final TargetFixture TARGET = fixture(ToolboxPod.Way.INCLUDED, BuiltImages::workspace);
}
