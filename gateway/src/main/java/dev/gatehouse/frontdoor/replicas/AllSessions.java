package dev.gatehouse.frontdoor.replicas;

import dev.gatehouse.console.LiveSessions;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.relay.UserCa;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The connections of this gateway and of all others. */
public final class AllSessions implements LiveSessions, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AllSessions.class);

  /** Stands for the names of gateways that are not known. */
  private static final String UNKNOWN = "the other gateways (the API server does not name them)";

  private final LiveSessions own;
  private final Supplier<List<Replica>> others;
  private final ReplicaClient client;

  /**
   * @param own of this gateway
   * @param others all but this one, now; may block, and throw a {@link FailureException} if they
   *     cannot be known
   * @param hostKeys those of all gateways now
   */
  public AllSessions(
      LiveSessions own,
      Supplier<List<Replica>> others,
      UserCa userCa,
      Supplier<? extends Collection<SshPublicKey>> hostKeys) {
    this.own = own;
    this.others = others;
    this.client = new ReplicaClient(userCa, hostKeys);
  }

  @Override
  public List<LiveSession> all() {
    return own.all();
  }

  @Override
  public Everywhere everywhere() {
    var answers = ask(new Request.List(), AllSessions::sessions);
    var sessions = new ArrayList<>(own.all());
    answers.found.forEach(sessions::addAll);
    return new Everywhere(List.copyOf(sessions), answers.silent);
  }

  @Override
  public List<LiveSession> endedBy(String definition) {
    return own.endedBy(definition);
  }

  @Override
  public Everywhere endedEverywhereBy(String definition) {
    var answers = ask(new Request.EndedBy(definition), AllSessions::sessions);
    var sessions = new ArrayList<>(own.endedBy(definition));
    answers.found.forEach(sessions::addAll);
    return new Everywhere(List.copyOf(sessions), answers.silent);
  }

  @Override
  public boolean kill(long id, String reason) {
    return own.kill(id, reason)
        || ask(new Request.Kill(id, reason), answer -> answer.path("killed").asBoolean(false))
            .found
            .contains(true);
  }

  @Override
  public int message(long id, String text) {
    if (own.all().stream().anyMatch(session -> session.id() == id)) {
      return own.message(id, text);
    }
    return ask(new Request.Message(id, text), answer -> answer.path("terminals").asInt(0))
        .found
        .stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  @Override
  public void close() {
    client.close();
  }

  private record Answers<T>(List<T> found, List<String> silent) {}

  /** All at the same time. */
  private <T> Answers<T> ask(Request request, Function<JsonNode, T> read) {
    List<Replica> asked;
    try {
      asked = others.get();
    } catch (FailureException e) {
      LOG.warn("[replicas-unknown] other gateways cannot be asked", e);
      return new Answers<>(List.of(), List.of(UNKNOWN));
    }
    var answers = asked.stream().map(replica -> later(replica, request, read)).toList();
    var found = new ArrayList<T>();
    var silent = new ArrayList<String>();
    for (var i = 0; i < answers.size(); i++) {
      answers.get(i).join().ifPresentOrElse(found::add, silentName(silent, asked.get(i)));
    }
    return new Answers<>(found, List.copyOf(silent));
  }

  private static Runnable silentName(List<String> silent, Replica replica) {
    return () -> silent.add(replica.name());
  }

  private <T> CompletableFuture<Optional<T>> later(
      Replica replica, Request request, Function<JsonNode, T> read) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Optional.of(read.apply(client.ask(replica, request)));
          } catch (IOException | RuntimeException e) {
            LOG.warn("[replica-silent] {} does not answer", replica, e);
            return Optional.empty();
          }
        },
        task -> Thread.ofVirtual().name("replica-ask-" + replica.name()).start(task));
  }

  private static List<LiveSession> sessions(JsonNode answer) {
    return answer.path("sessions").valueStream().map(SessionJson::parse).toList();
  }
}
