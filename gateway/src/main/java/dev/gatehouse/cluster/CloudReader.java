package dev.gatehouse.cluster;

import java.util.Optional;

/**
 * The section {@code cloud}.
 *
 * @param references to machine types
 */
record CloudReader(Section section, References references) {
  CloudSettings read() {
    var aws = section.section("aws");
    var settings =
        new CloudSettings(
            aws.keys().isEmpty()
                ? Optional.empty()
                : Optional.of(new AwsReader(aws, references).read()));
    section.refuseUnknownKeys();
    return settings;
  }
}
