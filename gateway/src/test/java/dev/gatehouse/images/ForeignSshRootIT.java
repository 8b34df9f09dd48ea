package dev.gatehouse.images;

import dev.gatehouse.testkit.BuiltImages;
import dev.gatehouse.testkit.Nightly;
import dev.gatehouse.testkit.TargetFixture;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A workspace in an image of a newer Debian, with an OpenSSH and libraries of its own. */
@Nightly
final class ForeignSshRootIT extends ToolboxContract {
  @RegisterExtension static final TargetFixture TARGET = fixture(BuiltImages::foreign);
}
