package dev.gatehouse.console;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a command says of itself: the lines on top of its class.
 *
 * @param name one word, or the word of its group and its own: {@code workspace start}
 * @param access who may run it: there is no command without it
 * @param options who may use an option, where that is fewer than may run the command
 * @param summary one line without a full stop, beginning with a verb
 * @param examples command lines without the leading {@code gate}; help shows them with {@code ssh}
 */
public record CommandInfo(
    String name,
    Access access,
    Map<String, Access> options,
    String summary,
    List<String> examples) {

  public CommandInfo(String name, Access access, String summary, String... examples) {
    this(name, access, Map.of(), summary, List.of(examples));
  }

  /** The same, with an option that is for fewer people. */
  public CommandInfo with(String option, Access needed) {
    var all = new TreeMap<>(options);
    all.put(option, needed);
    return new CommandInfo(name, access, Map.copyOf(all), summary, examples);
  }

  List<String> words() {
    return List.of(name.split(" "));
  }
}
