package dev.gatehouse.frontdoor.hostkeys;

import dev.gatehouse.cluster.AlgorithmProfile;
import dev.gatehouse.console.HostKeyring;
import dev.gatehouse.file.SharedFolder;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.testkit.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Host keys in a folder, made quickly: an RSA key of 4096 bits takes seconds. */
final class TestHostKeys {
  private TestHostKeys() {}

  /** Opens a folder in which nothing needs to be made in the background. */
  static HostKeys open(Path folder) {
    make(folder, "ssh_host_rsa_key");
    return HostKeys.open(
        SharedFolder.alone(folder), AlgorithmProfile.MODERN, InstantSource.system());
  }

  static void rotate(Path folder, HostKeyring keys) {
    make(folder, "ssh_host_rsa_key.next");
    keys.rotate();
  }

  /** Puts an RSA key there, unless there is one. */
  static void make(Path folder, String name) {
    KeyFile.open(folder.resolve(name), TestHostKeys::rsa2048);
  }

  /** Makes the key of a type with ssh-keygen, as an administrator may do. */
  static void keygen(Path folder, String type, String bits) {
    var file = "ssh_host_%s_key".formatted(type);
    Program.in(folder, List.of("ssh-keygen", "-q", "-t", type, "-b", bits, "-N", "", "-f", file))
        .run()
        .ok();
  }

  static List<KeyPair> pairs(HostKeys keys) {
    var pairs = new ArrayList<KeyPair>();
    keys.loadKeys(null).forEach(pairs::add);
    return pairs;
  }

  /** What the folder holds. */
  static List<String> names(Path folder) {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeyPair rsa2048() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
