package dev.gatehouse.images;

import dev.gatehouse.testkit.BuiltImages;
import dev.gatehouse.testkit.Nightly;
import dev.gatehouse.testkit.TargetFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A workspace in an image without the GNU C library, as Alpine's are. */
@Nightly
final class MuslRootIT extends ToolboxContract {
  @RegisterExtension static final TargetFixture TARGET = fixture(BuiltImages::musl);
}
