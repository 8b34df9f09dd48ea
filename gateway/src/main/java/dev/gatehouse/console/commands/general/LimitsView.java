package dev.gatehouse.console.commands.general;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.Limits;
import dev.gatehouse.console.Addresses;
import dev.gatehouse.console.view.HumanSize;
import dev.gatehouse.console.view.HumanTime;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The limits in force, by the names of sshd_config(5) where it has them. */
final class LimitsView {
  private record Row(String name, String value) {}

  private final List<Row> rows = new ArrayList<>();

  private LimitsView() {}

  static Table table(Limits limits) {
    var view = new LimitsView();
    view.connections(limits);
    view.penalties(limits.perSourcePenalties());
    view.sessions(limits);
    return Table.of(view.rows)
        .column("limit", r -> Value.of(r.name))
        .column("value", r -> Value.of(r.value))
        .whenEmpty("");
  }

  private void connections(Limits limits) {
    var startups = limits.maxStartups();
    add("LoginGraceTime", limits.loginGraceTime());
    add("MaxAuthTries", limits.maxAuthTries());
    add("MaxStartups", "%d:%d:%d".formatted(startups.start(), startups.rate(), startups.full()));
    add("PerSourceMaxStartups", limits.perSourceMaxStartups());
    add(
        "PerSourceNetBlockSize",
        limits.perSourceNetBlockSize().ipv4() + ":" + limits.perSourceNetBlockSize().ipv6());
    add("connectionsPerPerson", limits.connectionsPerPerson());
  }

  private void penalties(Limits.PerSourcePenalties penalties) {
    if (!penalties.enabled()) {
      add("PerSourcePenalties", "no");
      return;
    }
    add("PerSourcePenalties authfail", penalties.authFail());
    add("PerSourcePenalties noauth", penalties.noAuth());
    add("PerSourcePenalties grace-exceeded", penalties.graceExceeded());
    add("PerSourcePenalties invalid", penalties.invalid());
    add("PerSourcePenalties refuseconnection", penalties.refuseConnection());
    add("PerSourcePenalties min", penalties.min());
    add("PerSourcePenalties max", penalties.max());
    add("PerSourcePenalties max-sources", penalties.maxSources());
    add(
        "PerSourcePenaltyExemptList",
        penalties.exempt().isEmpty()
            ? "none"
            : penalties.exempt().stream().map(Addresses::text).collect(joining(", ")));
  }

  private void sessions(Limits limits) {
    add("MaxSessions", limits.maxSessions());
    add("maxChannels", limits.maxChannels());
    add(
        "ClientAliveInterval",
        limits.clientAlive().interval().isZero()
            ? "never"
            : HumanTime.span(limits.clientAlive().interval()));
    add("ClientAliveCountMax", limits.clientAlive().countMax());
    limits
        .channelTimeout()
        .byWord()
        .forEach(
            (word, time) ->
                add("ChannelTimeout " + word, time.isZero() ? "never" : HumanTime.span(time)));
    add(
        "UnusedConnectionTimeout",
        limits.unusedConnectionTimeout().map(HumanTime::span).orElse("none"));
    add(
        "RekeyLimit",
        "%s %s"
            .formatted(
                HumanSize.of(limits.rekeyLimit().bytes()),
                HumanTime.span(limits.rekeyLimit().time())));
    add("maxPendingBytes", HumanSize.of(limits.maxPendingBytes()));
    add("maxEnvironment", limits.requests().maxEnvironment());
    add("maxEnvironmentBytes", HumanSize.of(limits.requests().maxEnvironmentBytes()));
    add("maxCommandBytes", HumanSize.of(limits.requests().maxCommandBytes()));
    add("maxRequests", limits.requests().maxRequests());
  }

  private void add(String name, Duration value) {
    add(name, HumanTime.span(value));
  }

  private void add(String name, Object value) {
    rows.add(new Row(name, Optional.of(value).map(Object::toString).orElse("")));
  }
}
