package dev.gatehouse.console.editor;

/**
 * What is to be edited.
 *
 * @param title stands on top, such as {@code definition of example.com, revision 7}
 * @param original what the text is when nothing of it is changed
 * @param text where the person begins
 * @param message stands at the bottom until the first key, such as what is wrong; may be empty
 * @param line where the cursor begins; counts from 1
 * @param column counts from 1
 */
public record Editing(
    String title, String original, String text, String message, int line, int column) {}
