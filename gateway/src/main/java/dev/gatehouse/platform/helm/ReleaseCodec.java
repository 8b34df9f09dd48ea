package dev.gatehouse.platform.helm;

import dev.gatehouse.platform.helm.DeployedRelease.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the record of a release, as Helm 3 and 4 write it into a Secret of type {@code
 * helm.sh/release.v1}: JSON, packed by gzip, in base64; and the Secret's own base64 around that.
 * Helm's {@code pkg/storage/driver/util.go} is the source.
 */
final class ReleaseCodec {
  /** A Secret holds at most 1 MiB, and text packs tenfold or so; more is an attack. */
  private static final int MOST = 64 << 20;

  private static final JsonMapper JSON = new JsonMapper();

  private ReleaseCodec() {}

  /**
   * @param data the Secret's key {@code release}, as the API shows it
   * @throws IOException if it is not a release
   */
  static DeployedRelease decode(String data) throws IOException {
    try {
      var release = JSON.readTree(unpack(data));
      var metadata = release.at("/chart/metadata");
      return new DeployedRelease(
          release.path("name").asString(""),
          release.path("namespace").asString(""),
          release.path("version").asInt(0),
          status(release.at("/info/status").asString("")),
          metadata.path("name").asString(""),
          metadata.path("version").asString(""),
          release.path("config").isObject()
              ? JSON.convertValue(release.path("config"), new TypeReference<>() {})
              : Map.of(),
          release.path("manifest").asString(""));
    } catch (IllegalArgumentException | JacksonException e) {
      throw new IOException("not a release of Helm's", e);
    }
  }

  private static byte[] unpack(String data) throws IOException {
    var packed =
        Base64.getDecoder()
            .decode(
                new String(Base64.getDecoder().decode(data), StandardCharsets.US_ASCII).strip());
    try (var stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      var bytes = stream.readNBytes(MOST + 1);
      if (bytes.length > MOST) {
        throw new IOException("more than " + MOST + " bytes");
      }
      return bytes;
    }
  }

  static Status status(String word) {
    return switch (word) {
      case "deployed" -> Status.DEPLOYED;
      case "failed" -> Status.FAILED;
      case "pending-install", "pending-upgrade", "pending-rollback" -> Status.PENDING;
      case "uninstalling" -> Status.UNINSTALLING;
      case "uninstalled" -> Status.UNINSTALLED;
      case "superseded" -> Status.SUPERSEDED;
      default -> Status.OTHER;
    };
  }
}
