package dev.gatehouse.cluster;

import dev.gatehouse.cluster.ClusterDefinition.DirectorySettings;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.AppName;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The section {@code apps}.
 *
 * @param directory whose administrators may reach an app that says nothing of it, and which may
 *     have a web UI
 */
record AppsReader(Section section, DirectorySettings directory, References references) {
  /** In a tunnel they are the workspace itself. */
  private static final Set<String> RESERVED = Set.of("localhost", "ip6-localhost", "ip6-loopback");

  NavigableMap<AppName, App> read() {
    var apps = new TreeMap<AppName, App>();
    directory
        .deployed()
        .filter(DeployedDirectory::webUi)
        .map(_ -> DeployedLdap.webUi(directory.administrators()))
        .ifPresent(ui -> apps.put(ui.name(), ui));
    for (var key : section.keys()) {
      var app = section.section(key);
      section.key(key, AppsReader::name).ifPresent(n -> apps.put(n, app(n, app)));
    }
    return Collections.unmodifiableNavigableMap(apps);
  }

  private static AppName name(String name) {
    if (RESERVED.contains(name)) {
      throw UserError.usage(
          "an app cannot be called %s: in a tunnel, that is the workspace"
              .formatted(Quote.of(name)));
    }
    return new AppName(name);
  }

  private App app(AppName name, Section section) {
    section.require("ports", "list those that may be reached, such as [80]");
    var ports = section.list("ports", Amounts.integer(1, 65535), "list those that may be reached");
    var groups =
        section.list(
            "groups",
            references::group,
            "name a group, or remove the key to let administrators alone reach this app");
    var app =
        new App(
            name,
            section.get("description", Values.line(200)).orElse(""),
            section.get("host", Values::host, name.value()),
            Collections.unmodifiableSortedSet(new TreeSet<>(ports)),
            groups.isEmpty()
                ? Set.of(directory.administrators())
                : Collections.unmodifiableSet(new TreeSet<>(groups)));
    section.refuseUnknownKeys();
    return app;
  }
}
