package dev.gatehouse.testkit;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** Files of {@code src/test/resources}. */
public final class Resources {
  private Resources() {}

  /** Where a resource is as a file, such as {@code clients/paramiko_client.py}. */
  public static Path file(String name) {
    try {
      var url = Resources.class.getClassLoader().getResource(name);
      return Path.of(Objects.requireNonNull(url, name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
