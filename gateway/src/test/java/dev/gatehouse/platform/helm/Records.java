package dev.gatehouse.platform.helm;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Records of Helm's, made from those that Helm wrote: what a process leaves that has died. */
final class Records {
  private static final JsonMapper JSON = new JsonMapper();

  private Records() {}

  /** Returns the record as another revision with another status. */
  static Secret copy(Secret record, int revision, String status) {
    try {
      var release = unpack(record.getData().get("release"));
      release.put("version", revision);
      release.withObject("/info").put("status", status);
      var name = release.path("name").asString("");
      return new SecretBuilder(record)
          .withNewMetadata()
          .withName(ReleaseRecords.secret(name, revision))
          .withNamespace(record.getMetadata().getNamespace())
          .addToLabels(record.getMetadata().getLabels())
          .addToLabels("version", Integer.toString(revision))
          .addToLabels("status", status)
          .endMetadata()
          .addToData("release", pack(release))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode unpack(String data) throws IOException {
    var packed = Base64.getDecoder().decode(Base64.getDecoder().decode(data));
    try (var stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return (ObjectNode) JSON.readTree(stream.readAllBytes());
    }
  }

  static String pack(ObjectNode release) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var stream = new GZIPOutputStream(bytes)) {
      stream.write(JSON.writeValueAsBytes(release));
    }
    return Base64.getEncoder().encodeToString(Base64.getEncoder().encode(bytes.toByteArray()));
  }
}
