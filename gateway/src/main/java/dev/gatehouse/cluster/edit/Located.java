package dev.gatehouse.cluster.edit;

import java.util.Optional;

/**
 * A part and what it stands in.
 *
 * @param above empty for the root
 * @param index of the entry or item in that
 */
record Located(Part part, Optional<Located> above, int index) {
  static Located root(Part part) {
    return new Located(part, Optional.empty(), 0);
  }
}
