package dev.gatehouse.images;

import dev.gatehouse.testkit.BuiltImages;
import dev.gatehouse.testkit.TargetFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A workspace in an ordinary image, which an earlier start has asked who it has. */
final class KnownRootIT extends ToolboxContract {
  @RegisterExtension
  static final TargetFixture TARGET = fixture(ToolboxPod.Way.NEXT_START, BuiltImages::debian);
}
