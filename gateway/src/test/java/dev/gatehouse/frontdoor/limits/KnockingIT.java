package dev.gatehouse.frontdoor.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.StagedGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is let begin at all, seen from a bare socket. */
final class KnockingIT {
  private static final String IDENTIFICATION = "SSH-2.0-OpenSSH_9.9 Gatehouse";
  private static final String PROXIED = "gateway: {port: 0, proxyProtocolFrom: [127.0.0.1]}\n";

  private static StagedGateway gateway(String definition) {
    return StagedGateway.start(definition, People.of("alice"));
  }

  private static Socket knock(StagedGateway gateway) throws IOException {
    return knock(gateway, "127.0.0.1");
  }

  private static Socket knock(StagedGateway gateway, String from) throws IOException {
    var socket =
        new Socket(
            InetAddress.ofLiteral("127.0.0.1"), gateway.port(), InetAddress.ofLiteral(from), 0);
    socket.setSoTimeout((int) Poll.PATIENCE.toMillis());
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The first line; empty if the connection ends before. */
  private static String hear(Socket socket) throws IOException {
    var line = new StringBuilder();
    for (var c = socket.getInputStream().read();
        c >= 0 && c != '\n';
        c = socket.getInputStream().read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private static void awaitEnd(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  @Test
  void maxStartups_isFull_refusesInPlainTextUntilOneLeaves() throws IOException {
    try (var gateway =
        gateway("{gateway: {port: 0}, limits: {maxStartups: '2:100:2', maxAuthTries: 3}}")) {
      try (var first = knock(gateway);
          var second = knock(gateway)) {
        assertThat(hear(first)).isEqualTo(IDENTIFICATION);
        assertThat(hear(second)).isEqualTo(IDENTIFICATION);
        try (var third = knock(gateway)) {
          assertThat(hear(third)).isEqualTo("Exceeded MaxStartups");
          awaitEnd(third);
        }
      }
      Poll.until("a place is free", () -> hear(knock(gateway)).equals(IDENTIFICATION));
    }
  }

  /** Whoever has logged in is no start-up any more. */
  @Test
  void maxStartups_peopleWhoAreIn_areNotCounted() throws IOException {
    try (var gateway = gateway("{gateway: {port: 0}, limits: {maxStartups: '1:100:1'}}")) {
      var inside = new ArrayList<RawClient>();
      for (var i = 0; i < 5; i++) {
        Poll.until(
            "one more is in",
            () -> {
              inside.add(RawClient.login(gateway));
              return true;
            });
      }
      assertThat(gateway.connections()).isEqualTo(5);
      inside.forEach(RawClient::close);
    }
  }

  @Test
  void perSourceMaxStartups_oneSourceIsFull_othersAreNot() throws IOException {
    try (var gateway = gateway("{gateway: {port: 0}, limits: {perSourceMaxStartups: 1}}");
        var first = knock(gateway, "127.0.0.2")) {
      assertThat(hear(first)).isEqualTo(IDENTIFICATION);
      try (var second = knock(gateway, "127.0.0.2");
          var other = knock(gateway, "127.0.0.3")) {
        assertThat(hear(second)).isEqualTo("Exceeded MaxStartups");
        assertThat(hear(other)).isEqualTo(IDENTIFICATION);
      }
    }
  }

  @Test
  void penalty_afterBrokenProtocol_keepsTheSourceOut() throws IOException {
    var definition =
        "{gateway: {port: 0}, limits: {perSourcePenaltyExemptList: [], perSourcePenalties:"
            + " {invalid: 20s, noAuth: 1s}}}";
    try (var gateway = gateway(definition);
        var log = gateway.logged()) {
      try (var garbage = knock(gateway, "127.0.0.2")) {
        hear(garbage);
        say(garbage, "GET / HTTP/1.1\r\n\r\n");
        awaitEnd(garbage);
      }
      Poll.until(
          "the source is refused",
          () -> {
            try (var again = knock(gateway, "127.0.0.2")) {
              return hear(again).equals("Not allowed at this time");
            }
          });
      try (var other = knock(gateway, "127.0.0.3")) {
        assertThat(hear(other)).isEqualTo(IDENTIFICATION);
      }
      assertThat(log.all()).anyMatch(line -> line.startsWith("[connection-refused] /127.0.0.2:"));
    }
  }

  @Test
  void network_thatNobodyMayComeFrom_isRefusedAtOnce() throws IOException {
    var definition = "{gateway: {port: 0}, login: {rules: [{from: [127.0.0.2], methods: []}]}}";
    try (var gateway = gateway(definition);
        var there = knock(gateway, "127.0.0.2");
        var elsewhere = knock(gateway, "127.0.0.3")) {
      assertThat(hear(there)).isEqualTo("Not allowed at this time");
      assertThat(hear(elsewhere)).isEqualTo(IDENTIFICATION);
    }
  }

  /** CVE-2002-20001 and its like live on connections that stay: silence is no way to. */
  @Test
  void loginGraceTime_passes_endsWhoSaysNothingOrHalf() throws IOException {
    try (var gateway = gateway("{gateway: {port: 0}, limits: {loginGraceTime: 1s}}");
        var silent = knock(gateway);
        var half = knock(gateway);
        var identified = knock(gateway)) {
      say(half, "SSH-2.0-h");
      say(identified, "SSH-2.0-identified\r\n");
      for (var socket : List.of(silent, half, identified)) {
        awaitEnd(socket);
      }
    }
  }

  @Test
  void proxyHeader_fromATrustedPeer_tellsTheClient() throws IOException {
    for (var header :
        List.of(
            "PROXY TCP4 192.0.2.77 203.0.113.5 12345 22\r\n",
            new String(
                HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111000cc000024dcb007105303908ae"),
                StandardCharsets.ISO_8859_1))) {
      try (var gateway = gateway(PROXIED + "login: {rules: [{from: [192.0.2.77], methods: []}]}");
          var log = gateway.logged();
          var socket = knock(gateway)) {
        say(socket, header);
        assertThat(hear(socket)).isEqualTo("Not allowed at this time");
        assertThat(log.all())
            .anyMatch(line -> line.startsWith("[connection-refused] /192.0.2.77:12345"));
      }
    }
  }

  @Test
  void proxyHeader_inPieces_isAwaited() throws IOException {
    try (var gateway = gateway(PROXIED);
        var socket = knock(gateway)) {
      for (var piece : List.of("PRO", "XY TCP4 192.0.2.1 203.0.", "113.5 1 22\r", "\n")) {
        say(socket, piece);
      }
      assertThat(hear(socket)).isEqualTo(IDENTIFICATION);
    }
  }

  @Test
  void proxyHeader_missingFromATrustedPeer_isRefusedUnheard() throws IOException {
    try (var gateway = gateway(PROXIED);
        var log = gateway.logged();
        var socket = knock(gateway)) {
      say(socket, "SSH-2.0-OpenSSH_9.9\r\n");
      assertThat(hear(socket)).isEmpty();
      Poll.until(
          "it is in the log",
          () -> log.all().stream().anyMatch(line -> line.contains("a PROXY header is required")));
    }
  }

  /** Nobody's word about an address is taken but a trusted load balancer's. */
  @Test
  void proxyHeader_fromAnybodyElse_isGarbage() throws IOException {
    try (var gateway = gateway(PROXIED);
        var log = gateway.logged();
        var socket = knock(gateway, "127.0.0.2")) {
      assertThat(hear(socket)).isEqualTo(IDENTIFICATION);
      say(socket, "PROXY TCP4 192.0.2.1 203.0.113.5 1 22\r\nSSH-2.0-OpenSSH_9.9\r\n");
      awaitEnd(socket);
      assertThat(log.all()).noneMatch(line -> line.contains("192.0.2.1"));
    }
  }

  /** A load balancer's health check: a connection and nothing else. */
  @Test
  void proxy_healthCheck_isNoOffence() throws IOException {
    try (var gateway = gateway(PROXIED + "limits: {perSourcePenaltyExemptList: []}")) {
      for (var i = 0; i < 50; i++) {
        knock(gateway).close();
      }
      try (var socket = knock(gateway)) {
        say(socket, "PROXY UNKNOWN\r\n");
        assertThat(hear(socket)).isEqualTo(IDENTIFICATION);
      }
    }
  }
}
