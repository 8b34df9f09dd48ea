package dev.gatehouse.cluster;

import dev.gatehouse.net.Cidr;
import java.util.List;

/** The section {@code gateway}. */
record GatewayReader(Section section) {
  private static final int MAX_TEXT = 8 * 1024;

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
            section.list("proxyProtocolFrom", Values.name(Cidr::parse)).orElse(List.of()));
    section.refuseUnknownKeys();
    return settings;
  }
}
