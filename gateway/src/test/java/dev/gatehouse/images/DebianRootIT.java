package dev.gatehouse.images;

import dev.gatehouse.testkit.BuiltImages;
import dev.gatehouse.testkit.TargetFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A workspace in an ordinary image. */
final class DebianRootIT extends ToolboxContract {
  @RegisterExtension static final TargetFixture TARGET = fixture(BuiltImages::debian);
}
