#!/usr/bin/env bash
# SnakeYAML 2.7, comments switched on: a document that is read to nodes and written again is not the same document.
# A guess: comments stay with the key that they stand at. In fact one at the end of a nested block moves out of
# the block, to the column of the next key. Lists lose their indentation and blanks before a comment go.
# Whoever changes one value of a file that people edit should replace its characters by the node's marks.
#
# Seen:
#   # the head
#   server:
#     ports:
#     - 22
#   # - 2222
#   # host: example.org
#
#   limits:
#     users: 5 # at most
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
jars org.yaml:snakeyaml:2.7

cat > config.yaml <<'END'
# the head
server:
  ports:
    - 22
    # - 2222
  # host: example.org

limits:
  users: 5     # at most
END

cat > RoundTrip.java <<'END'
import java.nio.file.*;
import org.yaml.snakeyaml.*;

class RoundTrip {
  public static void main(String[] args) throws Exception {
    var reading = new LoaderOptions();
    reading.setProcessComments(true);
    var writing = new DumperOptions();
    writing.setProcessComments(true);
    var yaml = new Yaml(reading, writing);
    try (var in = Files.newBufferedReader(Path.of("config.yaml"));
        var out = Files.newBufferedWriter(Path.of("written.yaml"))) {
      yaml.serialize(yaml.compose(in), out);
    }
  }
}
END
java_run RoundTrip.java
seen written.yaml
