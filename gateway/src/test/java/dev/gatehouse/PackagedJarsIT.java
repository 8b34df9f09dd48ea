package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/**
 * With the AOT cache of a checkout elsewhere, from which this one was copied, a package of a sealed
 * jar came from two paths, which the JVM refuses: nobody could be added ({@code sealing
 * violation}).
 */
final class PackagedJarsIT {
  private static final Path LIB = Path.of("target", "lib");

  @Test
  void jars_packaged_areNeitherSealedNorSigned() throws IOException {
    var wrong = new TreeMap<String, String>();
    try (var jars = Files.newDirectoryStream(LIB, "*.jar")) {
      for (var path : jars) {
        try (var jar = new JarFile(path.toFile())) {
          if (isSealed(jar)) {
            wrong.put(path.toString(), "sealed");
          }
          if (jar.stream().anyMatch(e -> e.getName().matches("META-INF/.*\\.(SF|RSA|DSA|EC)"))) {
            wrong.put(path.toString(), "signed");
          }
        }
      }
    }
    assertThat(LIB).isDirectoryContaining("glob:**/unboundid-ldapsdk-*.jar");
    assertThat(wrong).isEqualTo(Map.of());
  }

  private static boolean isSealed(JarFile jar) throws IOException {
    var manifest = jar.getManifest();
    return manifest != null
        && (manifest.getMainAttributes().containsKey(Attributes.Name.SEALED)
            || manifest.getEntries().values().stream()
                .anyMatch(a -> a.containsKey(Attributes.Name.SEALED)));
  }
}
