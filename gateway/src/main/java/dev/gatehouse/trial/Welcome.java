package dev.gatehouse.trial;

import dev.gatehouse.server.Gateway;
import java.io.PrintStream;
import java.nio.file.Path;

/** What is printed when a gateway to try is ready: what to type next. */
final class Welcome {
  private Welcome() {}

  static void print(PrintStream out, String name, Entrance entrance, Gateway gateway, Path config) {
    var ssh = "ssh -F " + quoted(config);
    var host = entrance.known() ? ClientConfig.HOST : "-l NAME " + ClientConfig.HOST;
    out.printf(
        """

        %1$s is ready on 127.0.0.1, port %2$d, %3$s In another terminal:

          # a shell in your own workspace
          %4$s %5$s

          # what the gateway itself can do
          %4$s %5$s gate help

          # Jupyter, or any web tool that runs in your workspace, on port 8888 of this machine
          %4$s -L 8888:localhost:8888 %5$s

        Workspaces here are processes of yours on this machine, with homes of their own: good for
        trying out, no protection from each other. Ctrl-C ends all of it.
        """,
        name, gateway.port(), entrance.sentence(), ssh, host);
    out.flush();
  }

  /** So that it can be pasted into a shell. */
  private static String quoted(Path path) {
    var text = path.toString();
    return text.matches("[A-Za-z0-9/._-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
