#!/usr/bin/env bash
# JLine 4.5.0: LineReader.readLine() takes backslashes out of the line, as part of event expansion ("!!"), which is on
# by default. A guess: the default returns what was typed, and parsing is up to the parser. In fact only a reader with
# DISABLE_EVENT_EXPANSION returns the line as it was typed.
#
# Seen:
#   typed:             grep 'a\.b' C:\new
#   by default:        grep 'a.b' C:new
#   without expansion: grep 'a\.b' C:\new
self=$(realpath "$0")
. "$(dirname "$self")/lib/common.sh"
jars org.jline:jline:4.5.0

cat > Read.java <<'END'
import java.io.*;
import org.jline.reader.*;
import org.jline.terminal.*;

class Read {
  static String read(String line, boolean disabled) throws Exception {
    try (var terminal =
        TerminalBuilder.builder().system(false).provider("exec").type("dumb")
            .streams(new ByteArrayInputStream((line + "\n").getBytes()), new ByteArrayOutputStream())
            .build()) {
      return LineReaderBuilder.builder().terminal(terminal)
          .option(LineReader.Option.DISABLE_EVENT_EXPANSION, disabled).build().readLine();
    }
  }

  public static void main(String[] args) throws Exception {
    var line = "grep 'a\\.b' C:\\new";
    System.out.println("typed:             " + line);
    System.out.println("by default:        " + read(line, false));
    System.out.println("without expansion: " + read(line, true));
  }
}
END
java_run Read.java > out
seen out
