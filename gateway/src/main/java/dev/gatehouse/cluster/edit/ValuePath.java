package dev.gatehouse.cluster.edit;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a value stands, such as {@code machineTypes.gpu.cpu} or {@code login.rules[0].methods}. A
 * key with a dot is quoted: {@code machineTypes.gpu.nodeSelector."example.com/pool"}.
 *
 * @param steps from the root of the file on
 */
public record ValuePath(List<Step> steps) {
  private static final Pattern PLAIN = Pattern.compile("[^.\\[\\]\"\\s]+");
  private static final Pattern STEP =
      Pattern.compile("\\.?(?:([^.\\[\\]\"\\s]+)|\"([^\"]+)\")|\\[([0-9]{1,6})\\]");

  /** One step down. */
  public sealed interface Step {
    /** To the value of a key. */
    record Key(String name) implements Step {}

    /** To an item of a list, counted from 0. */
    record Item(int index) implements Step {}
  }

  public ValuePath {
    steps = List.copyOf(steps);
  }

  /** Returns the path along these keys. */
  public static ValuePath of(String... keys) {
    return new ValuePath(Stream.of(keys).<Step>map(Step.Key::new).toList());
  }

  /**
   * @throws UserError if that is no path
   */
  public static ValuePath parse(String text) {
    var steps = new ArrayList<Step>();
    var step = STEP.matcher(text);
    var at = 0;
    while (at < text.length()) {
      var begins = steps.isEmpty() != (text.charAt(at) == '.' || text.charAt(at) == '[');
      if (!begins || !step.region(at, text.length()).lookingAt()) {
        throw malformed(text);
      }
      steps.add(step(step.group(1), step.group(2), step.group(3)));
      at = step.end();
    }
    if (steps.isEmpty()) {
      throw malformed(text);
    }
    return new ValuePath(steps);
  }

  private static Step step(String plain, String quoted, String index) {
    if (index != null) {
      return new Step.Item(Integer.parseInt(index));
    }
    return new Step.Key(plain == null ? quoted : plain);
  }

  private static UserError malformed(String text) {
    return UserError.usage(
        "%s is no path of a value; write it such as machineTypes.gpu.cpu or login.rules[0].methods, and a key with a dot in double quotes"
            .formatted(Quote.of(text)));
  }

  public ValuePath key(String name) {
    return then(new Step.Key(name));
  }

  public ValuePath item(int index) {
    return then(new Step.Item(index));
  }

  ValuePath then(Step step) {
    return new ValuePath(Stream.concat(steps.stream(), Stream.of(step)).toList());
  }

  ValuePath first(int count) {
    return new ValuePath(steps.subList(0, count));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (var step : steps) {
      switch (step) {
        case Step.Item(var index) -> text.append('[').append(index).append(']');
        case Step.Key(var name) -> {
          text.append(text.isEmpty() ? "" : ".");
          text.append(PLAIN.matcher(name).matches() ? name : '"' + name + '"');
        }
      }
    }
    return text.isEmpty() ? "the file" : text.toString();
  }
}
