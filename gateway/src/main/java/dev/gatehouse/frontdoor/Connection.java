package dev.gatehouse.frontdoor;

import dev.gatehouse.console.LiveSessions.LiveSession;
import dev.gatehouse.console.LiveSessions.OpenChannel;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.frontdoor.login.Login;
import dev.gatehouse.relay.ConnectionStatus;
import dev.gatehouse.relay.ConnectionStatus.ChannelStatus;
import dev.gatehouse.relay.RelayHandle;
import dev.gatehouse.workspace.WorkspaceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/** One connection of somebody who has logged in. */
final class Connection {
  /** Where it is found on the session that it is on. */
  static final AttributeKey<Connection> KEY = new AttributeKey<>();

  /** Between the proof and the first channel. */
  private static final ConnectionStatus NOTHING_YET = new ConnectionStatus(0, 0, List.of());

  private final long id;
  private final ServerSession session;
  private final Login login;
  private volatile boolean given;
  private volatile Person person;

  /** Once it has been seen: a session forgets its attributes when it closes. */
  private volatile @Nullable RelayHandle relay;

  /**
   * @param id never used again
   */
  Connection(long id, ServerSession session, Login login) {
    this.id = id;
    this.session = session;
    this.login = login;
    this.person = login.person();
  }

  long id() {
    return id;
  }

  Login login() {
    return login;
  }

  /** Its person as the directory was last found to know them. */
  Person person() {
    return person;
  }

  /** The directory knows its person so now. */
  void renew(Person now) {
    person = now;
  }

  /** What it reaches of apps that are no longer its person's ends. */
  void recheckApps() {
    relay().ifPresent(RelayHandle::recheckApps);
  }

  /** The workspace that it has been given, if it leads to one. */
  Optional<WorkspaceId> workspace() {
    return given ? login.workspace() : Optional.empty();
  }

  /**
   * Whether somebody works through it: a session is open in the workspace, or something has passed
   * through another channel of it lately. An idle tunnel is no work.
   */
  boolean uses(Duration lately) {
    return status().channels().stream().anyMatch(c -> isWork(c, lately));
  }

  static boolean isWork(ChannelStatus channel, Duration lately) {
    if (channel.isToApp()) {
      return false;
    }
    if (!channel.type().startsWith("session")) {
      return channel.idle().compareTo(lately) <= 0;
    }
    return !(channel.type().endsWith(":exec")
        && PersonDestination.isConsoleCommand(channel.detail()));
  }

  /** Whether no channel is open on it. */
  boolean isUnused() {
    return status().channels().isEmpty();
  }

  /** Its workspace has been granted: from now on it can be lost. */
  void give() {
    given = true;
  }

  boolean isGiven() {
    return given;
  }

  LiveSession describe() {
    var status = status();
    return new LiveSession(
        id,
        login.person().username(),
        login.name().toString(),
        login.name().target().toString(),
        login.from().getAddress(),
        login.from().getPort(),
        login.at(),
        login.proofs().stream().map(Object::toString).toList(),
        login.client(),
        status.bytesIn(),
        status.bytesOut(),
        status.channels().stream()
            .map(c -> new OpenChannel(c.type(), c.detail(), c.since()))
            .toList());
  }

  /** Answers how many terminals saw it. */
  int tell(String line) {
    return relay().map(r -> r.tell(line)).orElse(0);
  }

  /** Its workspace is being ended. */
  void workspaceEnds(Failure why) {
    relay().ifPresent(r -> r.workspaceEnds(why));
  }

  /** Ends it, with a reason that its person sees. */
  void end(String reason) {
    relay().ifPresentOrElse(r -> r.end(reason), () -> session.close(true));
  }

  ConnectionStatus status() {
    return relay().map(RelayHandle::status).orElse(NOTHING_YET);
  }

  private Optional<RelayHandle> relay() {
    var now = relay;
    if (now == null) {
      now = session.getAttribute(RelayHandle.KEY);
      relay = now;
    }
    return Optional.ofNullable(now);
  }
}
