package dev.gatehouse.frontdoor.limits;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.metrics.Outcome;
import dev.gatehouse.metrics.Tally;
import dev.gatehouse.net.Cidr;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides who may begin to log in, and keeps the books of how that went. */
public final class ConnectionLimiter {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimiter.class);

  /** Why a connection is refused; its line is what OpenSSH's sshd says. */
  enum Refusal {
    PENALTY("penalty", "Not allowed at this time"),
    PROHIBITED("prohibited", "Not allowed at this time"),
    SOURCE_STARTUPS("source-startups", "Exceeded MaxStartups"),
    STARTUPS("startups", "Exceeded MaxStartups");

    private final String key;
    private final String line;

    Refusal(String key, String line) {
      this.key = key;
      this.line = line;
    }

    String line() {
      return line;
    }
  }

  private final Supplier<ClusterDefinition> definition;
  private final Penalties penalties;
  private final Startups startups;
  private final Tally<Outcome> logins = new Tally<>();
  private final Tally<String> refusals = new Tally<>();
  private final RateLimitedLog log = new RateLimitedLog(LOG);

  /**
   * @param definition the one in force
   */
  public ConnectionLimiter(Supplier<ClusterDefinition> definition, Penalties penalties) {
    this.definition = definition;
    this.penalties = penalties;
    this.startups =
        new Startups(
            () -> definition.get().limits(), () -> ThreadLocalRandom.current().nextDouble());
  }

  /** Whether connections from there begin with a PROXY header. */
  boolean isProxy(InetAddress peer) {
    return definition.get().gateway().proxyProtocolFrom().stream().anyMatch(n -> n.contains(peer));
  }

  Startups startups() {
    return startups;
  }

  Cidr source(InetAddress client) {
    return Sources.of(client, definition.get().limits().perSourceNetBlockSize());
  }

  /** Whether a penalty or the rules of login keep everybody from there out. */
  Optional<Refusal> refusal(InetAddress client) {
    if (penalties.refuses(client)) {
      return Optional.of(Refusal.PENALTY);
    }
    if (definition.get().login().chainsAt(client).isEmpty()) {
      penalties.add(client, Offence.REFUSE_CONNECTION);
      return Optional.of(Refusal.PROHIBITED);
    }
    return Optional.empty();
  }

  /** How logins ended. */
  public Tally<Outcome> logins() {
    return logins;
  }

  /** Why connections were not let begin. */
  public Tally<String> refusals() {
    return refusals;
  }

  /** How many connections have not logged in yet. */
  public int waiting() {
    return startups.total();
  }

  void offended(InetAddress client, Offence offence) {
    logins.count(Outcome.denied(offence.code()));
    penalties.add(client, offence);
  }

  void refused(Object from, Refusal why) {
    refused(from, why.key, why.line);
  }

  /** For want of a PROXY header that is one. */
  void refused(Object from, String why) {
    refused(from, "proxy-header", why);
  }

  private void refused(Object from, String key, String why) {
    refusals.count(key);
    log.info("[connection-refused] {}: {}", from, why);
  }
}
