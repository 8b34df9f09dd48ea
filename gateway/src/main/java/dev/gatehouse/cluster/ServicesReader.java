package dev.gatehouse.cluster;

import dev.gatehouse.cluster.WorkspaceService.Listens;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.ServiceName;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The section {@code services} of a machine type. */
record ServicesReader(Section section) {
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofHours(1);
  private static final Duration USUAL = Duration.ofMinutes(1);
  private static final int FIRST_PORT = 1024;

  /** The workspace's own sshd listens there. */
  private static final int SSHD = 2222;

  private static final String HOME = "~";
  private static final Pattern FOLDER = Pattern.compile("~|(~?/[^\\p{Cntrl}:]{1,250})");
  private static final Pattern SOCKET = Pattern.compile("~?/[^\\p{Cntrl}]{1,90}");
  private static final Pattern PATH = Pattern.compile("/[!-~]{0,500}");
  private static final int LONGEST = 4000;

  NavigableMap<ServiceName, WorkspaceService> read() {
    var services = new TreeMap<ServiceName, WorkspaceService>();
    var taken = new HashMap<Listens, ServiceName>();
    for (var key : section.keys()) {
      var one = section.section(key);
      section
          .key(key, ServiceName::new)
          .ifPresent(name -> services.put(name, service(name, one, taken)));
    }
    return Collections.unmodifiableNavigableMap(services);
  }

  private WorkspaceService service(ServiceName name, Section one, Map<Listens, ServiceName> taken) {
    one.require("command", "say what starts it");
    var ready = one.section("ready");
    var service =
        new WorkspaceService(
            name,
            one.get("description", Values.line(200)).orElse(""),
            one.get("command", Values.line(LONGEST)).orElse(""),
            listens(one),
            ready.get("http", ServicesReader::path),
            ready.get("timeout", Amounts.duration(LEAST, MOST), USUAL),
            one.get("folder", ServicesReader::folder, HOME),
            environment(one.section("environment")),
            one.get("tokenVariable", node -> MachineTypesReader.variable(Values.asWritten(node))),
            one.get("path", ServicesReader::path, "/"));
    if (service.path().contains(WorkspaceService.TOKEN) && service.tokenVariable().isEmpty()) {
      one.note(
          "%s has %s in its path and no tokenVariable that gives it to the program"
              .formatted(one.name(), WorkspaceService.TOKEN),
          List.of("path"));
    }
    var other = taken.putIfAbsent(service.listens(), name);
    if (other != null) {
      one.note(
          "%s listens where %s does: each service needs its own"
              .formatted(one.name(), Quote.of(other.value())),
          List.of("port", "socket"));
    }
    ready.refuseUnknownKeys();
    one.refuseUnknownKeys();
    return service;
  }

  private static Listens listens(Section one) {
    var port = one.get("port", ServicesReader::port);
    var socket = one.get("socket", ServicesReader::socket);
    if (one.has("port") == one.has("socket")) {
      one.note(
          "%s must have either a port or a socket".formatted(one.name()),
          List.of("port", "socket"));
    }
    return socket
        .<Listens>map(Listens.Socket::new)
        .orElseGet(() -> new Listens.Port(port.orElse(0)));
  }

  private static int port(ScalarNode node) {
    var port = Amounts.integer(FIRST_PORT, 65535).apply(node);
    if (port == SSHD) {
      throw UserError.usage("must not be %d, where the workspace's sshd listens".formatted(SSHD));
    }
    return port;
  }

  private static String socket(ScalarNode node) {
    return Amounts.match(SOCKET, node, "an absolute path, or ~/ and a path in the home").group();
  }

  private static String folder(ScalarNode node) {
    return Amounts.match(FOLDER, node, "an absolute path, or ~ or ~/ and a path in the home")
        .group();
  }

  private static String path(ScalarNode node) {
    return Amounts.match(PATH, node, "the path of a page, such as /lab").group();
  }

  private static NavigableMap<String, String> environment(Section section) {
    return MachineTypesReader.environment(section, name -> node -> oneLine(name, node));
  }

  /** The program that starts the service reads it as a line. */
  private static String oneLine(String name, ScalarNode node) {
    var _ = Values.lineAsWritten(LONGEST).apply(node);
    return Secrets.variable(name).apply(node);
  }
}
