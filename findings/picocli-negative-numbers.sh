#!/usr/bin/env bash
# picocli 4.7.7: a word like -9 is taken for a positional parameter, although no option is a number and
# unmatchedOptionsArePositionalParams is off. A guess: it is refused as an unknown option, as -x is.
# So "kill -9 web" runs with two names, "-9" and "web", where the programmer expects a usage error.
#
# Seen:
#   kill -x web: exit 2
#   kill -9 web: [-9, web]
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
jars info.picocli:picocli:4.7.7

cat > Kill.java <<'END'
import java.util.List;
import picocli.CommandLine;

@CommandLine.Command(name = "kill")
class Kill implements Runnable {
  @CommandLine.Option(names = {"-s", "--signal"})
  String signal;

  @CommandLine.Parameters List<String> names;

  @Override
  public void run() {
    System.out.println("kill " + String.join(" ", names) + ": " + names);
  }

  public static void main(String[] args) {
    for (var word : List.of("-x", "-9")) {
      var exit = new CommandLine(new Kill()).execute(word, "web");
      if (exit != 0) {
        System.out.println("kill " + word + " web: exit " + exit);
      }
    }
  }
}
END
java_run Kill.java > out
seen out
