package dev.gatehouse.cluster;

import dev.gatehouse.cluster.Limits.ClientAlive;
import dev.gatehouse.cluster.Limits.MaxStartups;
import dev.gatehouse.cluster.Limits.NetBlockSize;
import dev.gatehouse.cluster.Limits.PerSourcePenalties;
import dev.gatehouse.cluster.Limits.RekeyLimit;
import dev.gatehouse.cluster.Limits.Requests;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.net.Cidr;
import java.time.Duration;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The section {@code limits}. */
record LimitsReader(Section section) {
  private static final Limits DEFAULT = Limits.DEFAULT;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MANY = 100_000;

  private static final Pattern STARTUPS = Pattern.compile("([0-9]{1,6}):([0-9]{1,3}):([0-9]{1,6})");
  private static final Pattern NET_BLOCK = Pattern.compile("([0-9]{1,2}):([0-9]{1,3})");

  /** sshd_config(5), ChannelTimeout. */
  private static final Set<String> CHANNEL_TYPES =
      new TreeSet<>(
          Set.of(
              "*",
              "agent-connection",
              "direct-tcpip",
              "direct-streamlocal@openssh.com",
              "forwarded-tcpip",
              "forwarded-streamlocal@openssh.com",
              "session",
              "session:shell",
              "session:command",
              "session:subsystem",
              "x11-connection"));

  Limits read() {
    var limits =
        new Limits(
            duration("loginGraceTime", DEFAULT.loginGraceTime()),
            number("maxAuthTries", 1, 100, DEFAULT.maxAuthTries()),
            section.get("maxStartups", LimitsReader::startups).orElse(DEFAULT.maxStartups()),
            number("perSourceMaxStartups", 1, MANY, DEFAULT.perSourceMaxStartups()),
            section
                .get("perSourceNetBlockSize", LimitsReader::netBlock)
                .orElse(DEFAULT.perSourceNetBlockSize()),
            penalties(section.section("perSourcePenalties")),
            number("maxSessions", 0, 1000, DEFAULT.maxSessions()),
            number("maxChannels", 1, MANY, DEFAULT.maxChannels()),
            number("connectionsPerPerson", 1, MANY, DEFAULT.connectionsPerPerson()),
            new ClientAlive(
                section
                    .get("clientAliveInterval", Values.durationOrNever(SECOND, DAY))
                    .orElse(DEFAULT.clientAlive().interval()),
                number("clientAliveCountMax", 1, 100, DEFAULT.clientAlive().countMax())),
            channelTimeout(section.section("channelTimeout")),
            section.get("unusedConnectionTimeout", Values.duration(SECOND, DAY)),
            rekeyLimit(section.section("rekeyLimit")),
            bytes("maxPendingBytes", 1 << 20, 1 << 30, DEFAULT.maxPendingBytes()),
            requests(section.section("requests")));
    section.refuseUnknownKeys();
    return limits;
  }

  private PerSourcePenalties penalties(Section section) {
    var usual = DEFAULT.perSourcePenalties();
    var reader = new LimitsReader(section);
    var penalties =
        new PerSourcePenalties(
            section.get("enabled", Values::flag).orElse(usual.enabled()),
            reader.duration("authFail", usual.authFail()),
            reader.duration("noAuth", usual.noAuth()),
            reader.duration("graceExceeded", usual.graceExceeded()),
            reader.duration("invalid", usual.invalid()),
            reader.duration("refuseConnection", usual.refuseConnection()),
            reader.duration("min", usual.min()),
            reader.duration("max", usual.max()),
            reader.number("maxSources", 1, 1 << 20, usual.maxSources()),
            this.section
                .list("perSourcePenaltyExemptList", Values.name(Cidr::parse))
                .orElse(usual.exempt()));
    section.refuseUnknownKeys();
    return penalties;
  }

  private static NavigableMap<String, Duration> channelTimeout(Section section) {
    var timeouts = new TreeMap<String, Duration>();
    for (var type : section.keys()) {
      section
          .key(type, LimitsReader::channelType)
          .flatMap(t -> section.get(t, Values.duration(SECOND, DAY)))
          .ifPresent(time -> timeouts.put(type, time));
    }
    return Collections.unmodifiableNavigableMap(timeouts);
  }

  private static String channelType(String type) {
    if (!CHANNEL_TYPES.contains(type)) {
      throw UserError.usage(
          "%s is no channel type%s"
              .formatted(Quote.of(type), Suggestion.among(CHANNEL_TYPES, type)));
    }
    return type;
  }

  private static RekeyLimit rekeyLimit(Section section) {
    var reader = new LimitsReader(section);
    var limit =
        new RekeyLimit(
            reader.bytes("bytes", 1 << 20, 1L << 36, DEFAULT.rekeyLimit().bytes()),
            section
                .get("time", Values.duration(Duration.ofMinutes(1), DAY))
                .orElse(DEFAULT.rekeyLimit().time()));
    section.refuseUnknownKeys();
    return limit;
  }

  private static Requests requests(Section section) {
    var usual = DEFAULT.requests();
    var reader = new LimitsReader(section);
    var requests =
        new Requests(
            reader.number("maxEnvironment", 0, 10_000, usual.maxEnvironment()),
            (int) reader.bytes("maxEnvironmentBytes", 256, 1 << 20, usual.maxEnvironmentBytes()),
            (int) reader.bytes("maxCommandBytes", 1024, 1 << 20, usual.maxCommandBytes()),
            reader.number("maxRequests", 16, 10_000, usual.maxRequests()));
    section.refuseUnknownKeys();
    return requests;
  }

  private int number(String key, int least, int most, int usual) {
    return section.get(key, Values.integer(least, most)).orElse(usual);
  }

  private long bytes(String key, long least, long most, long usual) {
    return section.get(key, Values.bytes(least, most)).orElse(usual);
  }

  private Duration duration(String key, Duration usual) {
    return section.get(key, Values.duration(SECOND, DAY)).orElse(usual);
  }

  private static MaxStartups startups(ScalarNode node) {
    var match = match(STARTUPS, node, "start:rate:full, such as 100:30:400");
    var startups = new MaxStartups(number(match, 1), number(match, 2), number(match, 3));
    if (startups.start() < 1 || startups.rate() > 100 || startups.full() < startups.start()) {
      throw UserError.usage(
          "must be start:rate:full with a rate of 0 to 100 and full not below start, not "
              + Quote.of(node.getValue()));
    }
    return startups;
  }

  private static NetBlockSize netBlock(ScalarNode node) {
    var match = match(NET_BLOCK, node, "the bits of IPv4 and of IPv6 addresses, such as 32:64");
    var size = new NetBlockSize(number(match, 1), number(match, 2));
    if (size.ipv4() > Integer.SIZE || size.ipv6() > 128) {
      throw UserError.usage("must be at most 32:128, not " + Quote.of(node.getValue()));
    }
    return size;
  }

  private static MatchResult match(Pattern pattern, ScalarNode node, String form) {
    var match = pattern.matcher(node.getValue());
    if (!match.matches()) {
      throw UserError.usage("must be %s, not %s".formatted(form, Quote.of(node.getValue())));
    }
    return match;
  }

  private static int number(MatchResult match, int group) {
    return Integer.parseInt(match.group(group));
  }
}
