package dev.gatehouse.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Values of a chart that are put together. */
final class Values {
  private Values() {}

  /**
   * Fills in a template with each combination of the choices.
   *
   * @param template with {@code %s} for each choice
   */
  static Stream<String> product(String template, String[]... choices) {
    List<List<String>> combinations = List.of(List.of());
    for (var choice : choices) {
      combinations =
          combinations.stream()
              .flatMap(begun -> Stream.of(choice).map(one -> with(begun, one)))
              .toList();
    }
    return combinations.stream().map(combination -> template.formatted(combination.toArray()));
  }

  private static List<String> with(List<String> begun, String one) {
    var longer = new ArrayList<>(begun);
    longer.add(one);
    return longer;
  }
}
