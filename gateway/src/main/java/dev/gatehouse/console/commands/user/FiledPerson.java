package dev.gatehouse.console.commands.user;

import java.util.Map;

/**
 * A person as a file has them, unread.
 *
 * @param line where it begins, from 1
 * @param cells without those that the file has no word about
 */
record FiledPerson(int line, Map<PeopleColumn, String> cells) {
  /** Empty if there is none. */
  String cell(PeopleColumn column) {
    return cells.getOrDefault(column, "").strip();
  }

  Mistake mistake(String what) {
    return new Mistake(line, cell(PeopleColumn.USER), what);
  }

  /**
   * What is wrong in a file.
   *
   * @param user whose it is, as written; hostile
   */
  record Mistake(int line, String user, String what) {}
}
