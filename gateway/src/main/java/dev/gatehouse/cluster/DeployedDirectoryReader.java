package dev.gatehouse.cluster;

import dev.gatehouse.cluster.DeployedDirectory.Backup;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The section {@code directory.deployed}. */
record DeployedDirectoryReader(Section section) {
  /** What the directory's image takes for its suffix. */
  private static final Pattern SUFFIX =
      Pattern.compile("dc=[A-Za-z0-9-]{1,63}(,dc=[A-Za-z0-9-]{1,63}){0,9}");

  /** Five fields of crontab(5), of digits, lists, ranges and steps. */
  private static final Pattern SCHEDULE = Pattern.compile("[0-9*/,-]{1,40}( [0-9*/,-]{1,40}){4}");

  DeployedDirectory read() {
    var usual = DeployedDirectory.DEFAULT;
    var deployed =
        new DeployedDirectory(
            section.get("base", DeployedDirectoryReader::suffix, usual.base()),
            section.get("servers", Amounts.integer(1, 2), usual.servers()),
            section.get("storage", Quantities::bytes, usual.storage()),
            section.get("storageClass", Quantities::name),
            backup(section.section("backup"), usual.backup()),
            section.get("webUi", Values::flag, usual.webUi()));
    section.refuseUnknownKeys();
    return deployed;
  }

  private static Backup backup(Section section, Backup usual) {
    var backup =
        new Backup(
            section.get("schedule", DeployedDirectoryReader::schedule, usual.schedule()),
            section.get("keep", Amounts.integer(1, 1000), usual.keep()),
            section.get("storage", Quantities::bytes, usual.storage()));
    section.refuseUnknownKeys();
    return backup;
  }

  private static String suffix(ScalarNode node) {
    return Amounts.match(SUFFIX, node, "a DN such as dc=example,dc=com").group();
  }

  private static String schedule(ScalarNode node) {
    return Amounts.match(
            SCHEDULE, node, "minute, hour, day, month and weekday, such as '17 2 * * *'")
        .group();
  }
}
