package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Tells whether files have changed. */
final class Digests {
  private static final int LENGTH = 12;

  private Digests() {}

  /** A short name for the names and contents of these files and folders. */
  static String of(List<Path> files) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var file : files) {
        try (var all = Files.walk(file)) {
          for (var one : all.filter(Files::isRegularFile).sorted().toList()) {
            digest.update(one.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(one));
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
