package dev.gatehouse.directory;

/**
 * Where people and groups stand in a directory.
 *
 * @param base the DN above both
 * @param people the DN below which people are searched
 * @param groups the DN below which groups are searched
 */
public record Tree(String base, String people, String groups) {
  /** The usual two units below one base. */
  public static Tree below(String base) {
    return new Tree(base, "ou=people," + base, "ou=groups," + base);
  }
}
