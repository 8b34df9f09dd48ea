package dev.gatehouse.console;

import java.util.List;

/**
 * What a command says of itself: the lines on top of its class.
 *
 * @param name one word, or the word of its group and its own: {@code workspace start}
 * @param access who may run it: there is no command without it
 * @param summary one line without a full stop, beginning with a verb
 * @param examples command lines without the leading {@code gate}; help shows them with {@code ssh}
 */
record About(String name, Access access, String summary, List<String> examples) {
  About(String name, Access access, String summary, String... examples) {
    this(name, access, summary, List.of(examples));
  }

  List<String> words() {
    return List.of(name.split(" "));
  }
}
