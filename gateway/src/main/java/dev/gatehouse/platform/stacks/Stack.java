package dev.gatehouse.platform.stacks;

import java.nio.file.Path;
import java.util.SortedMap;

/**
 * A stack as it should be.
 *
 * @param template the file
 * @param parameters by name; what is left out has the template's default
 */
public record Stack(String name, Path template, SortedMap<String, Value> parameters) {

  /** A parameter's value. */
  public sealed interface Value {}

  /** One that is known. */
  public record Text(String text) implements Value {}

  /**
   * What another stack tells once it is there.
   *
   * @param stack its name
   */
  public record Output(String stack, String output) implements Value {}
}
