package dev.gatehouse.cluster;

import dev.gatehouse.cluster.GatewaySettings.Drain;
import dev.gatehouse.cluster.GatewaySettings.Health;
import dev.gatehouse.net.Cidr;
import java.time.Duration;
import java.util.List;

/** The section {@code gateway}. */
record GatewayReader(Section section) {
  private static final int MAX_TEXT = 8 * 1024;
  private static final Duration LONGEST_DRAIN = Duration.ofHours(24);

  GatewaySettings read() {
    var settings =
        new GatewaySettings(
            section.get("name", Values.line(64)).orElse("gatehouse"),
            section.get("host", Values::host).orElse("127.0.0.1"),
            section.get("port", Amounts.integer(0, 65535)).orElse(2222),
            section.get("banner", Values.lines(MAX_TEXT)),
            section.get("motd", Values.lines(MAX_TEXT)),
            section
                .get("algorithms", Values.choice(AlgorithmProfile.values()))
                .orElse(AlgorithmProfile.MODERN),
            section.list("proxyProtocolFrom", Values.name(Cidr::parse)).orElse(List.of()),
            health(section.section("health")),
            drain(section.section("drain")),
            new GatewayDeploymentReader(section).read());
    section.refuseUnknownKeys();
    return settings;
  }

  private static Health health(Section section) {
    var health =
        new Health(
            section.get("host", Values::host).orElse("0.0.0.0"),
            section.get("port", Amounts.integer(0, 65535)));
    section.refuseUnknownKeys();
    return health;
  }

  private static Drain drain(Section section) {
    var times = Amounts.durationOrNone(Duration.ofSeconds(1), LONGEST_DRAIN);
    var drain =
        new Drain(
            section.get("accept", times, Duration.ofSeconds(5)),
            section.get("limit", times, Duration.ofMinutes(5)));
    section.refuseUnknownKeys();
    return drain;
  }
}
