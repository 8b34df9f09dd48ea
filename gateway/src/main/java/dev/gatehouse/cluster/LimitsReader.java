package dev.gatehouse.cluster;

import dev.gatehouse.cluster.Limits.ClientAlive;
import dev.gatehouse.cluster.Limits.PerSourcePenalties;
import dev.gatehouse.cluster.Limits.RekeyLimit;
import dev.gatehouse.cluster.Limits.Requests;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.net.Cidr;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The section {@code limits}. */
record LimitsReader(Section section) {
  private static final Limits USUAL = Limits.DEFAULT;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MANY = 100_000;
  private static final long KIB = 1 << 10;
  private static final long MIB = 1 << 20;
  private static final long GIB = 1 << 30;

  /** sshd_config(5), ChannelTimeout. There are no tunnels here, and their word does no harm. */
  private static final Set<String> CHANNEL_TYPES =
      new TreeSet<>(
          Set.of(
              "agent-connection",
              "direct-tcpip",
              "direct-streamlocal@openssh.com",
              "forwarded-tcpip",
              "forwarded-streamlocal@openssh.com",
              "session",
              "session:shell",
              "session:command",
              "session:subsystem",
              "tun-connection",
              "x11-connection"));

  private static final Pattern SUBSYSTEM = Pattern.compile("session:subsystem:[!-~&&[^:]]{1,64}");

  Limits read() {
    var limits =
        new Limits(
            section.get("loginGraceTime", Amounts.duration(SECOND, HOUR), USUAL.loginGraceTime()),
            number("maxAuthTries", 1, 100, USUAL.maxAuthTries()),
            section.get("maxStartups", SshdValues::maxStartups, USUAL.maxStartups()),
            number("perSourceMaxStartups", 1, MANY, USUAL.perSourceMaxStartups()),
            section.get(
                "perSourceNetBlockSize", SshdValues::netBlockSize, USUAL.perSourceNetBlockSize()),
            penalties(),
            number("maxSessions", 0, 1000, USUAL.maxSessions()),
            number("maxChannels", 1, MANY, USUAL.maxChannels()),
            number("connectionsPerPerson", 1, MANY, USUAL.connectionsPerPerson()),
            clientAlive(),
            channelTimeout(section.section("channelTimeout")),
            section.get("unusedConnectionTimeout", Amounts.duration(SECOND, DAY)),
            rekeyLimit(section.section("rekeyLimit")),
            section.get("maxPendingBytes", Amounts.bytes(MIB, GIB), USUAL.maxPendingBytes()),
            requests(section.section("requests")));
    section.refuseUnknownKeys();
    return limits;
  }

  private PerSourcePenalties penalties() {
    var exempt =
        section
            .list("perSourcePenaltyExemptList", Values.name(Cidr::parse))
            .orElse(USUAL.perSourcePenalties().exempt());
    return new PenaltiesReader(section.section("perSourcePenalties")).read(exempt);
  }

  private ClientAlive clientAlive() {
    var usual = USUAL.clientAlive();
    return new ClientAlive(
        section.get("clientAliveInterval", Amounts.durationOrNone(SECOND, DAY), usual.interval()),
        number("clientAliveCountMax", 1, 100, usual.countMax()));
  }

  private static ChannelTimeouts channelTimeout(Section section) {
    var timeouts = new TreeMap<String, Duration>();
    for (var type : section.keys()) {
      section
          .key(type, LimitsReader::channelType)
          .flatMap(t -> section.get(t, Amounts.durationOrNone(SECOND, DAY)))
          .ifPresent(time -> timeouts.put(type, time));
    }
    return new ChannelTimeouts(timeouts);
  }

  /** A pattern that fits nothing would close nothing, without a word. */
  private static String channelType(String type) {
    if (type.equals(ChannelTimeouts.GLOBAL)
        || SUBSYSTEM.matcher(type).matches()
        || CHANNEL_TYPES.stream().anyMatch(known -> ChannelTimeouts.fits(type, known))) {
      return type;
    }
    var pattern = type.contains("*") || type.contains("?");
    throw UserError.usage(
        "%s is no channel type%s"
            .formatted(
                Quote.of(type),
                pattern ? " and fits none" : Suggestion.among(CHANNEL_TYPES, type)));
  }

  private static RekeyLimit rekeyLimit(Section section) {
    var usual = USUAL.rekeyLimit();
    var limit =
        new RekeyLimit(
            section.get("bytes", Amounts.bytes(MIB, 64 * GIB), usual.bytes()),
            section.get("time", Amounts.duration(MINUTE, DAY), usual.time()));
    section.refuseUnknownKeys();
    return limit;
  }

  private static Requests requests(Section section) {
    var usual = USUAL.requests();
    var sizes = Amounts.bytes(KIB, MIB).andThen(Math::toIntExact);
    var requests =
        new Requests(
            section.get("maxEnvironment", Amounts.integer(0, 10_000), usual.maxEnvironment()),
            section.get("maxEnvironmentBytes", sizes, usual.maxEnvironmentBytes()),
            section.get("maxCommandBytes", sizes, usual.maxCommandBytes()),
            section.get("maxRequests", Amounts.integer(16, 10_000), usual.maxRequests()));
    section.refuseUnknownKeys();
    return requests;
  }

  private int number(String key, int least, int most, int usual) {
    return section.get(key, Amounts.integer(least, most), usual);
  }
}
