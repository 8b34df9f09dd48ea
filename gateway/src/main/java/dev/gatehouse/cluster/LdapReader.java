package dev.gatehouse.cluster;

import dev.gatehouse.cluster.LdapSettings.Bind;
import dev.gatehouse.cluster.LdapSettings.Cache;
import dev.gatehouse.cluster.LdapSettings.Ids;
import dev.gatehouse.cluster.LdapSettings.Range;
import dev.gatehouse.cluster.LdapSettings.Server;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The section {@code directory.ldap}. */
record LdapReader(Section ldap, FilePaths paths) {
  private static final int LDAP = 389;
  private static final int LDAPS = 636;
  private static final int MAX_DN = 500;
  static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Pattern RANGE = Pattern.compile("([1-9][0-9]{0,9})-([1-9][0-9]{0,9})");

  LdapSettings read() {
    ldap.require("servers", "list one or more, such as ldaps://ldap.example.com");
    ldap.require("base", "name the DN above ou=people and ou=groups");
    var servers = ldap.list("servers", LdapReader::server, "list one or more");
    var startTls = ldap.get("startTls", Values::flag, false);
    var settings =
        new LdapSettings(
            servers,
            startTls,
            ldap.get("ca", paths::read),
            bind(servers, startTls),
            ldap.get(
                "timeout", Amounts.duration(Duration.ofSeconds(1), Duration.ofMinutes(1)), TIMEOUT),
            ldap.get("readOnly", Values::flag, false),
            new LdapSchemaReader(ldap).read(ldap.get("base", Values.line(MAX_DN), "")),
            ids(ldap.section("ids")),
            cache(ldap.section("cache")));
    checkEncryption(settings);
    ldap.refuseUnknownKeys();
    return settings;
  }

  private Bind bind(List<Server> servers, boolean startTls) {
    var certificate = ldap.section("clientCertificate");
    return certificate.keys().isEmpty() ? simple() : external(certificate, servers, startTls);
  }

  private Bind simple() {
    ldap.require("bindDn", "name the entry that the gateway binds as, or a clientCertificate");
    ldap.require("bindPasswordFile", "name the file with its password, or a clientCertificate");
    return new Bind.Simple(
        ldap.get("bindDn", Values.line(MAX_DN), ""),
        ldap.get("bindPasswordFile", paths::read, Path.of("")));
  }

  private Bind external(Section certificate, List<Server> servers, boolean startTls) {
    certificate.require("certificate", "name the file (PEM)");
    certificate.require("key", "name the file of its private key (PEM)");
    if (!startTls && servers.stream().anyMatch(s -> !s.tls())) {
      ldap.refuse(
          "clientCertificate", "needs TLS: make every server ldaps://, or set startTls: true");
    }
    for (var other : List.of("bindDn", "bindPasswordFile")) {
      ldap.refuse(other, "stands beside clientCertificate; keep one of them");
    }
    var bind =
        new Bind.External(
            certificate.get("certificate", paths::read, Path.of("")),
            certificate.get("key", paths::read, Path.of("")));
    certificate.refuseUnknownKeys();
    return bind;
  }

  /** People's passwords go the same way as the gateway's own. */
  private void checkEncryption(LdapSettings settings) {
    var plain = settings.servers().stream().filter(s -> !s.tls()).findFirst();
    var allowed = ldap.get("allowPlaintext", Values::flag, false);
    if (plain.isPresent() && !settings.startTls() && !allowed) {
      ldap.refuse(
          "servers",
          "has %s, to which passwords would go in clear; use ldaps://, set startTls: true, or allow it by allowPlaintext: true"
              .formatted(plain.get()));
    }
    if (settings.startTls() && plain.isEmpty()) {
      ldap.refuse("startTls", "is for ldap:// servers, and all of these are ldaps://");
    }
  }

  private static Ids ids(Section ids) {
    var read =
        new Ids(
            ids.get("users", LdapReader::range, Ids.DEFAULT.users()),
            ids.get("groups", LdapReader::range, Ids.DEFAULT.groups()));
    ids.refuseUnknownKeys();
    return read;
  }

  private static Range range(ScalarNode node) {
    var match = Amounts.match(RANGE, node, "a range such as 10000-59999");
    var first = Long.parseLong(match.group(1));
    var last = Long.parseLong(match.group(2));
    if (first > last || last > Integer.MAX_VALUE) {
      throw UserError.usage(
          "must be a range such as 10000-59999, not %s".formatted(Quote.of(node.getValue())));
    }
    return new Range((int) first, (int) last);
  }

  private static Cache cache(Section cache) {
    var read =
        new Cache(
            cache.get(
                "maxAge",
                Amounts.duration(Duration.ofSeconds(2), Duration.ofMinutes(10)),
                Cache.DEFAULT.maxAge()),
            cache.get(
                "offlineFor",
                Amounts.durationOrNone(Duration.ofMinutes(1), Duration.ofDays(30)),
                Cache.DEFAULT.offlineFor()));
    cache.refuseUnknownKeys();
    return read;
  }

  private static Server server(ScalarNode node) {
    try {
      var uri = new URI(node.getValue());
      var scheme = Objects.requireNonNullElse(uri.getScheme(), "");
      if (Set.of("ldap", "ldaps").contains(scheme)
          && uri.getHost() != null
          && Optional.ofNullable(uri.getPath()).orElse("").isEmpty()) {
        var tls = scheme.equals("ldaps");
        var usual = tls ? LDAPS : LDAP;
        return new Server(uri.getHost(), uri.getPort() < 0 ? usual : uri.getPort(), tls);
      }
    } catch (URISyntaxException e) {
      // As for any other text.
    }
    throw UserError.usage(
        "must be a server such as ldaps://ldap.example.com or ldap://10.0.0.3:389, not %s"
            .formatted(Quote.of(node.getValue())));
  }
}
