package dev.gatehouse;

import java.io.PrintStream;
import java.nio.file.Path;

/** What is printed when a gateway to try is ready: what to type next. */
final class Welcome {
  private Welcome() {}

  static void print(PrintStream out, String name, OsUser user, Gateway gateway, Path config) {
    var ssh = "ssh -F " + quoted(config);
    var host = EntryFiles.HOST;
    out.printf(
        """

        %s is ready on 127.0.0.1, port %d, and you are %s, an administrator. In another terminal:

          %s %s                        a shell in your workspace
          %s %s gate help              what the gateway itself can do
          %s -L 8888:localhost:8888 %s     Jupyter, or any web tool, in your workspace

        Workspaces here are processes of yours on this machine, with homes of their own:
        good for trying out, no protection from each other. Ctrl-C ends all of it.
        """,
        name, gateway.port(), user.username(), ssh, host, ssh, host, ssh, host);
    out.flush();
  }

  /** So that it can be pasted into a shell. */
  private static String quoted(Path path) {
    var text = path.toString();
    return text.matches("[A-Za-z0-9/._-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
