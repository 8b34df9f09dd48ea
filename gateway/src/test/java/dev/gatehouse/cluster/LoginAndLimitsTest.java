package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.Limits.ClientAlive;
import dev.gatehouse.cluster.Limits.MaxStartups;
import dev.gatehouse.cluster.Limits.NetBlockSize;
import dev.gatehouse.cluster.Limits.PerSourcePenalties;
import dev.gatehouse.cluster.Limits.RekeyLimit;
import dev.gatehouse.cluster.Limits.Requests;
import dev.gatehouse.cluster.LoginSettings.Chain;
import dev.gatehouse.cluster.LoginSettings.Method;
import dev.gatehouse.cluster.LoginSettings.Rule;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.net.Cidr;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoginAndLimitsTest {
  private static final Chain PUBLICKEY = new Chain(List.of(Method.PUBLICKEY));
  private static final Chain BOTH =
      new Chain(List.of(Method.PUBLICKEY, Method.KEYBOARD_INTERACTIVE));
  private static final String CA =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3JyvRv7Gz3W2ydkYn1ZiVpFBBW0PhvSzFkfMuJ7A4L";

  private static ClusterDefinition parse(String yaml) {
    return ClusterDefinitionFile.parse("cluster.yaml", yaml);
  }

  /** The narrowest that fits counts, and zero means never: sshd_config(5), ChannelTimeout. */
  @ParameterizedTest
  @CsvSource({
    "session:shell, PT0S",
    "session:command, PT2M",
    "session:subsystem, PT2M",
    "session:subsystem:sftp, PT3M",
    "session:subsystem:netconf, PT2M",
    "forwarded-tcpip, PT4M",
    "direct-tcpip, PT4M",
    "direct-streamlocal@openssh.com, PT5M",
    "x11-connection, PT1M",
  })
  void channelTimeout_ofEachType_isThatOfTheNarrowestWords(String type, Duration time) {
    var timeouts =
        ClusterDefinitionFile.parse(
                "test",
                """
                limits:
                  channelTimeout:
                    '*': 1m
                    'session:*': 2m
                    session:shell: 0s
                    session:subsystem:sftp: 3m
                    '*-tcpip': 4m
                    direct-stream*: 5m
                    global: 6m
                """)
            .limits()
            .channelTimeout();
    assertThat(timeouts.of(type)).isEqualTo(Optional.of(time).filter(t -> !t.isZero()));
    assertThat(timeouts.global()).contains(Duration.ofMinutes(6));
  }

  @Test
  void channelTimeout_stars_leaveOutGlobal() {
    var timeouts =
        ClusterDefinitionFile.parse("test", "limits: {channelTimeout: {'*': 1m}}")
            .limits()
            .channelTimeout();
    assertThat(timeouts.global()).isEmpty();
    assertThat(timeouts.of("session:shell")).contains(Duration.ofMinutes(1));
  }

  @Test
  void parse_everythingSaidOfLogin_isTaken() {
    var login =
        parse(
                """
                login:
                  methods: [publickey, 'publickey,keyboard-interactive']
                  rules:
                    - groups: [contractors, guests]
                      from: [192.0.2.0/24, '2001:db8::/32', 198.51.100.7]
                      methods:
                        - publickey,keyboard-interactive
                    - groups: [contractors]
                      methods: []
                  certificateAuthorities:
                    - %s the company's CA
                  revokedKeys: /etc/gatehouse/revoked_keys
                  recheckInterval: 5s
                  securityKeysAreSecondFactor: true
                  enrolAtFirstLogin: false
                """
                    .formatted(CA))
            .login();
    assertThat(login)
        .isEqualTo(
            new LoginSettings(
                List.of(
                    new Rule(
                        Set.of(new GroupName("contractors"), new GroupName("guests")),
                        List.of(
                            Cidr.parse("192.0.2.0/24"),
                            Cidr.parse("2001:db8::/32"),
                            Cidr.parse("198.51.100.7/32")),
                        List.of(BOTH)),
                    new Rule(Set.of(new GroupName("contractors")), List.of(), List.of())),
                List.of(PUBLICKEY, BOTH),
                List.of(SshPublicKey.parse(CA)),
                Optional.of(Path.of("/etc/gatehouse/revoked_keys")),
                Duration.ofSeconds(5),
                true,
                false));
  }

  @Test
  void parse_everythingSaidOfLimits_isTaken() {
    var limits =
        parse(
                """
                limits:
                  loginGraceTime: 30s
                  maxAuthTries: 3
                  maxStartups: 10:30:50
                  perSourceMaxStartups: 5
                  perSourceNetBlockSize: 24:56
                  perSourcePenalties:
                    enabled: false
                    authFail: 1s
                    noAuth: 0s
                    graceExceeded: 3s
                    invalid: 4s
                    refuseConnection: 5s
                    min: 6s
                    max: 7m
                    maxSources: 8
                  perSourcePenaltyExemptList: []
                  maxSessions: 0
                  maxChannels: 10
                  connectionsPerPerson: 11
                  clientAliveInterval: 0s
                  clientAliveCountMax: 12
                  channelTimeout:
                    '*': 1h
                    session:shell: 12h
                    direct-streamlocal@openssh.com: 5m
                  unusedConnectionTimeout: 10m
                  rekeyLimit: {bytes: 64M, time: 24h}
                  maxPendingBytes: 2097152
                  requests: {maxEnvironment: 0, maxEnvironmentBytes: 1K, maxCommandBytes: 64K, maxRequests: 16}
                """)
            .limits();
    assertThat(limits)
        .isEqualTo(
            new Limits(
                Duration.ofSeconds(30),
                3,
                new MaxStartups(10, 30, 50),
                5,
                new NetBlockSize(24, 56),
                new PerSourcePenalties(
                    false,
                    Duration.ofSeconds(1),
                    Duration.ZERO,
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(6),
                    Duration.ofMinutes(7),
                    8,
                    List.of()),
                0,
                10,
                11,
                new ClientAlive(Duration.ZERO, 12),
                new ChannelTimeouts(
                    new TreeMap<>(
                        Map.of(
                            "*",
                            Duration.ofHours(1),
                            "session:shell",
                            Duration.ofHours(12),
                            "direct-streamlocal@openssh.com",
                            Duration.ofMinutes(5)))),
                Optional.of(Duration.ofMinutes(10)),
                new RekeyLimit(64L << 20, Duration.ofDays(1)),
                2L << 20,
                new Requests(0, 1024, 64 << 10, 16)));
  }

  /** All that is bigger than an int, and sizes that YAML takes for numbers. */
  @Test
  void parse_rekeyLimitOf64G_isTaken() {
    assertThat(parse("limits: {rekeyLimit: {bytes: 64G}}").limits().rekeyLimit().bytes())
        .isEqualTo(64L << 30);
  }

  @Test
  void parse_exemptListNotSaid_isLoopback() {
    assertThat(parse("limits:\n  maxSessions: 1\n").limits().perSourcePenalties().exempt())
        .isEqualTo(List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1")));
  }
}
