package dev.gatehouse.console.editor;

/**
 * What is to be edited.
 *
 * @param title stands on top, such as {@code definition of example.com, revision 7}
 * @param message stands at the bottom until the first key, such as what is wrong; may be empty
 * @param line where the cursor begins; counts from 1
 * @param column counts from 1
 */
public record Editing(String title, String text, String message, int line, int column) {
  /** The same, with another text. */
  public Editing withText(String other) {
    return new Editing(title, other, message, line, column);
  }
}
