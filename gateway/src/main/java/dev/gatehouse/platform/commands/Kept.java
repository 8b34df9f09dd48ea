package dev.gatehouse.platform.commands;

/** What holds what people have stored, and is deleted only if it is named. */
enum Kept {
  HOMES("homes", "the homes of all people"),
  DIRECTORY("directory", "people and groups, with their passwords and keys"),
  BACKUPS("backups", "the backups of the directory"),
  NAMESPACES("namespaces", "the namespaces, with the gateways' host keys in them");

  private final String word;
  private final String what;

  Kept(String word, String what) {
    this.word = word;
    this.what = what;
  }

  /** As it is said on the command line. */
  String word() {
    return word;
  }

  String what() {
    return what;
  }

  @Override
  public String toString() {
    return word;
  }
}
