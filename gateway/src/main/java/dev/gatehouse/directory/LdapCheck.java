package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import dev.gatehouse.cluster.LdapSettings;
import dev.gatehouse.cluster.LdapSettings.Server;
import dev.gatehouse.doctor.Certificates;
import dev.gatehouse.doctor.Check;
import dev.gatehouse.doctor.Finding;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.TextFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Whether each of a site's LDAP servers answers the gateway: the way there, its certificate, the
 * bind, and all people and groups.
 */
public final class LdapCheck implements Check {
  private static final int MAX_CA_BYTES = 1 << 20;

  /** No attribute (RFC 4511, 4.5.1.8): that they are there is enough. */
  private static final List<String> NOTHING = List.of("1.1");

  private final LdapSettings settings;
  private final InstantSource clock;

  public LdapCheck(LdapSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public String subject() {
    return "Directory";
  }

  @Override
  public List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    settings.servers().forEach(server -> findings.addAll(of(server)));
    settings.ca().ifPresent(ca -> findings.addAll(authority(ca)));
    return findings;
  }

  private List<Finding> of(Server server) {
    try (var connection = new Servers(only(server), clock).getConnection()) {
      var findings = new ArrayList<Finding>();
      findings.add(Finding.ok(server + " answers and lets the gateway bind"));
      findings.addAll(certificate(server, connection));
      findings.add(counted(server, connection));
      return findings;
    } catch (LDAPException e) {
      return List.of(unreachable(server, String.valueOf(e.getMessage())));
    }
  }

  /** The SDK wraps the cause into its words; people need the cause, and what to do about it. */
  private static Finding unreachable(Server server, String cause) {
    if (cause.contains("invalid credentials")) {
      return Finding.problem(
          server + " does not let the gateway bind: wrong name or password",
          "correct directory.ldap.bindDn, or the password in bindPasswordFile");
    }
    if (cause.contains("Connection refused")) {
      return Finding.problem(
          server + " refuses the connection: nothing listens there",
          "start the server, or correct its port");
    }
    if (cause.contains("PKIX") || cause.contains("unable to find valid certification path")) {
      return Finding.problem(
          server + " shows a certificate that nobody trusted here has signed",
          "put its CA into directory.ldap.ca");
    }
    if (cause.contains("UnknownHost")) {
      return Finding.problem(
          server + " has no address", "correct its name, or the name server's entry");
    }
    return Finding.problem(
        "%s cannot be used: %s".formatted(server, Quote.plain(cause)),
        "check its address, the firewall and its certificate");
  }

  private LdapSettings only(Server server) {
    return new LdapSettings(
        List.of(server),
        settings.startTls(),
        settings.ca(),
        settings.bind(),
        settings.timeout(),
        settings.readOnly(),
        settings.schema(),
        settings.ids(),
        settings.cache());
  }

  private List<Finding> certificate(Server server, LDAPConnection connection) {
    var session = connection.getSSLSession();
    if (session == null) {
      return List.of(
          Finding.warning(
              server + " is spoken to in clear",
              "use ldaps:// or directory.ldap.startTls: the network sees the gateway's password"));
    }
    try {
      return Certificates.findings(
          "the certificate of " + server,
          Arrays.asList(session.getPeerCertificates()),
          clock.instant());
    } catch (SSLPeerUnverifiedException e) {
      return List.of(Finding.notChecked("%s showed no certificate".formatted(server), ""));
    }
  }

  private Finding counted(Server server, LDAPConnection connection) {
    var mapping = SchemaMapping.of(settings.schema());
    try {
      var people = count(connection, mapping.tree().people(), mapping.accounts());
      var groups = count(connection, mapping.tree().groups(), mapping.groups());
      return people == 0
          ? Finding.problem(
              "%s shows the gateway nobody below %s".formatted(server, mapping.tree().people()),
              "check directory.ldap.people (base, filter) and what the gateway's account may read")
          : Finding.ok("%s shows %d people and %d groups".formatted(server, people, groups));
    } catch (LDAPException e) {
      return Finding.problem(
          server
              + ": "
              + LdapFailures.ofQuestion(e, LdapFailures.account(settings)).failure().message(),
          "an account that reads everybody: in slapd 'limits dn.exact=… size=unlimited'");
    }
  }

  private static int count(LDAPConnection connection, String base, Filter filter)
      throws LDAPException {
    return new Search(base, filter, 0, NOTHING).in(connection::search).size();
  }

  private List<Finding> authority(Path ca) {
    try {
      var pem = TextFile.read(ca, "CA file", MAX_CA_BYTES, ExitCode.CONFIG);
      return Certificates.findings(
          "the CA of the directory", pem.getBytes(StandardCharsets.UTF_8), clock.instant());
    } catch (UserError e) {
      return List.of(Finding.problem(e.text(), "correct directory.ldap.ca"));
    }
  }
}
