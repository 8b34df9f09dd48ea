package dev.gatehouse.console.editor;

/** How an editor was left. */
public sealed interface Edited {
  /** The person wants this text. */
  record Accepted(String text) implements Edited {}

  /** The person does not want what they have written, or has written nothing. */
  record Left() implements Edited {}

  /** The person's connection has ended with this text on the screen. */
  record Lost(String text) implements Edited {}
}
