package dev.gatehouse.platform.helm;

import dev.gatehouse.testkit.Programs;
import java.util.Map;

final class HelmLibraryIT extends HelmContract {
  @Override
  HelmCommands commands() {
    Programs.skipUnless(
        HelmLibrary.fits(System.getProperties()),
        "Helm's library has no native part for this machine",
        "linux-amd64");
    return HelmLibrary.load(Map.of()).orElseThrow();
  }
}
