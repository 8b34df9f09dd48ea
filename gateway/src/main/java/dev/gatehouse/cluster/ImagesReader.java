package dev.gatehouse.cluster;

import dev.gatehouse.failure.UserError;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The section {@code images}, and {@code kubernetes.toolboxImage}, which is older.
 *
 * @param kubernetes the section of that name
 */
record ImagesReader(Section section, Section kubernetes) {
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  /** A tag behind the last slash, or a digest: a colon before it is a port's. */
  private static final Pattern PINNED =
      Pattern.compile(
          "([a-zA-Z0-9][a-zA-Z0-9._:/@-]*/)?[a-zA-Z0-9][a-zA-Z0-9._-]*[:@][a-zA-Z0-9._:-]+");

  ImageSettings read() {
    var repository = section.get("repository", ImagesReader::repository, "");
    var tag = section.get("tag", ImagesReader::tag, ownVersion());
    var settings =
        new ImageSettings(
            image("gateway").orElse(usual(repository, "gateway", tag)),
            toolbox().orElse(usual(repository, "toolbox", tag)),
            image("directory").orElse(usual(repository, "directory", tag)),
            image("ldapUi").orElse(usual(repository, "ldap-ui", tag)),
            section.list("pullSecrets", Quantities::name).orElse(List.of()));
    section.refuseUnknownKeys();
    return settings;
  }

  private Optional<String> toolbox() {
    var toolbox = image("toolbox");
    var older = kubernetes.get("toolboxImage", Quantities::image);
    if (toolbox.isPresent() && older.isPresent()) {
      kubernetes.refuse("toolboxImage", "stands beside images.toolbox; keep one of them");
    }
    return toolbox.or(() -> older);
  }

  private Optional<String> image(String key) {
    return section.get(key, ImagesReader::pinned);
  }

  private static String usual(String repository, String name, String tag) {
    return "%s%sgatehouse-%s:%s".formatted(repository, repository.isEmpty() ? "" : "/", name, tag);
  }

  /**
   * The version of this program, without the mark of a build between releases: its images have the
   * tag of the release to come.
   */
  private static String ownVersion() {
    return Optional.ofNullable(ImagesReader.class.getPackage().getImplementationVersion())
        .map(version -> version.replace("-SNAPSHOT", ""))
        .orElse("dev");
  }

  private static String repository(ScalarNode node) {
    var text = node.getValue();
    if (text.isEmpty()) {
      return "";
    }
    if (text.endsWith("/") || text.contains("@")) {
      throw UserError.usage(
          "must be what stands before the last slash of the images' names, without that slash");
    }
    return Quantities.image(node);
  }

  private static String tag(ScalarNode node) {
    return Amounts.match(TAG, node, "a tag such as 1.2.0").group();
  }

  /** An image without a tag is another one each day. */
  private static String pinned(ScalarNode node) {
    var image = Quantities.image(node);
    if (!PINNED.matcher(image).matches()) {
      throw UserError.usage(
          "must name a tag or a digest: %s:1.2.0, or %s@sha256:…".formatted(image, image));
    }
    return image;
  }
}
