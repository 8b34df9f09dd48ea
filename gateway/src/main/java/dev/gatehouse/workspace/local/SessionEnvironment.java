package dev.gatehouse.workspace.local;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.sshd.common.session.Session;

/** The environment of a session: nothing of the gateway's own, and little of the client's. */
final class SessionEnvironment {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** Taken over from the gateway's environment when set there. */
  private static final Set<String> INHERITED = Set.of("LANG", "TZ");

  /** The last is the gateway's own, for a forced command; it lets no client set it. */
  private static final Set<String> ACCEPTED_NAMES =
      Set.of("LANG", "COLORTERM", "SSH_ORIGINAL_COMMAND");

  private static final Set<String> ACCEPTED_PREFIXES = Set.of("LC_", "GIT_");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final int MAX_ACCEPTED = 128;

  private final Map<String, String> accepted = new LinkedHashMap<>();

  /** Takes a client's variable if it is on the list, as sshd's AcceptEnv. */
  boolean accept(String name, String value) {
    var allowed =
        isWellFormed(name, value)
            && accepted.size() < MAX_ACCEPTED
            && (ACCEPTED_NAMES.contains(name)
                || ACCEPTED_PREFIXES.stream().anyMatch(name::startsWith));
    if (allowed) {
      accepted.put(name, value);
    }
    return allowed;
  }

  /** In C a zero byte would end the value, and a '=' the name. */
  private static boolean isWellFormed(String name, String value) {
    return NAME.matcher(name).matches() && value.indexOf('\0') < 0;
  }

  /** Later ones win: the machine's, the client's, then what a session always has. */
  Map<String, String> build(Machine machine, Session session, Map<String, String> ofSession) {
    var environment = new LinkedHashMap<String, String>();
    environment.put("PATH", PATH);
    environment.put("LANG", "C.UTF-8");
    INHERITED.forEach(name -> inherit(name, environment));
    environment.putAll(machine.spec().type().environment());
    environment.putAll(accepted);
    environment.put("HOME", machine.home().toString());
    environment.put("USER", machine.login());
    environment.put("LOGNAME", machine.login());
    environment.put("SHELL", machine.account().shell().toString());
    environment.putAll(connection(session));
    environment.putAll(ofSession);
    return environment;
  }

  private static void inherit(String name, Map<String, String> into) {
    var value = System.getenv(name);
    if (value != null) {
      into.put(name, value);
    }
  }

  private static Map<String, String> connection(Session session) {
    if (session.getRemoteAddress() instanceof InetSocketAddress client
        && session.getLocalAddress() instanceof InetSocketAddress server) {
      var from = client.getAddress().getHostAddress() + " " + client.getPort() + " ";
      return Map.of(
          "SSH_CLIENT",
          from + server.getPort(),
          "SSH_CONNECTION",
          from + server.getAddress().getHostAddress() + " " + server.getPort());
    }
    return Map.of();
  }
}
