package dev.gatehouse.directory.ldif;

import dev.gatehouse.directory.ldif.LdifFile.Mistakes;
import java.util.List;

/**
 * Where entries begin and end in LDIF. A line of one blank looks like the empty line that ends an
 * entry, and is none: it continues the line before (RFC 2849, note 2). UnboundID's reader takes the
 * next {@code dn:} for an attribute then, and makes one entry of two.
 */
final class LdifRecords {
  private LdifRecords() {}

  /**
   * @throws dev.gatehouse.failure.UserError as it is told, if an entry begins inside of another, or
   *     is a change of one
   */
  static void requireSeparated(List<LdifLines.Line> lines, Mistakes mistakes) {
    var inside = false;
    for (var line : lines) {
      if (line.text().isEmpty()) {
        inside = false;
      } else if (line.beginsEntry()) {
        if (inside) {
          throw mistakes.at(
              line.number(),
              "an entry begins here before the one above it has ended: an empty line must stand"
                  + " between them, without a blank in it");
        }
        inside = true;
      } else if (line.isChange()) {
        throw mistakes.at(
            line.number(), "it is a change of an entry (changetype), not the entry itself");
      }
    }
  }
}
