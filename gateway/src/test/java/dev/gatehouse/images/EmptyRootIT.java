package dev.gatehouse.images;

import dev.gatehouse.testkit.BuiltImages;
import dev.gatehouse.testkit.Nightly;
import dev.gatehouse.testkit.TargetFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A workspace in an image with nothing in it but empty folders. */
@Nightly
final class EmptyRootIT extends ToolboxContract {
  @RegisterExtension static final TargetFixture TARGET = fixture(BuiltImages::empty);
}
