package dev.gatehouse.platform.revisions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.cluster.revisions.DefinitionFailures;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definition in the ConfigMap {@code gatehouse-definition}, changed under its resourceVersion.
 * Each revision is also kept as a ControllerRevision. A writer makes sure that the current one is
 * kept before it replaces the ConfigMap: whoever dies in between loses nothing.
 *
 * <p>Somebody who edits the ConfigMap with kubectl does not count the revision up, and somebody who
 * makes it anew begins at 1; gateways ignore a number that is not higher than those they have seen.
 * The first who sees that goes on counting from the history.
 */
public final class ConfigMapDefinitionStore implements DefinitionStore {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigMapDefinitionStore.class);

  /** A ConfigMap holds 1 MiB; the number and the keys need a little of it. */
  static final int MAX_BYTES = (1 << 20) - 1024;

  private static final int TOO_MANY_REQUESTS = 429;

  private final KubernetesClient client;
  private final String namespace;
  private final InstantSource clock;
  private final List<RevisionFollower> followers = new CopyOnWriteArrayList<>();

  /**
   * @param client stays the caller's
   */
  public ConfigMapDefinitionStore(KubernetesClient client, String namespace, InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.clock = clock;
  }

  /** Returns the current one; empty where the cluster has no definition yet. */
  public Optional<Revision> find() {
    return asking(() -> get().flatMap(this::counted));
  }

  @Override
  public Revision current() {
    return find()
        .orElseThrow(
            () ->
                new FailureException(
                    new Failure.Unavailable(
                        "definition-missing",
                        "the cluster has no definition in the ConfigMap %s/%s; run 'gatehouse apply' with one"
                            .formatted(namespace, RevisionObjects.NAME))));
  }

  @Override
  public List<Revision> history() {
    return asking(
        () -> {
          var revisions = new TreeMap<Long, Revision>(Comparator.reverseOrder());
          for (var kept : kept()) {
            RevisionObjects.revision(kept).ifPresent(r -> revisions.put(r.number(), r));
          }
          // Somebody may have died between the two writes, so the current one may not be kept.
          find()
              .ifPresent(
                  current -> {
                    revisions.headMap(current.number()).clear();
                    revisions.put(current.number(), current);
                  });
          return revisions.values().stream().limit(KEPT).toList();
        });
  }

  @Override
  public Revision change(long base, String text, Author author) {
    requireFits(text);
    return asking(
        () -> {
          var before = find();
          if (before.map(Revision::number).orElse(0L) != base) {
            throw conflict(base);
          }
          var map = get();
          if (!map.flatMap(RevisionObjects::revision).equals(before)) {
            throw conflict(base);
          }
          var last = before.isPresent() ? base : newestKept();
          var next = new Revision(last + 1, text, clock.instant(), author);
          before.ifPresent(this::keep);
          put(map, next);
          keepAfterwards(next);
          return next;
        });
  }

  /** Someone who is told that it failed would do it again: a lost answer is looked into. */
  private void put(Optional<ConfigMap> before, Revision next) {
    var resource =
        client
            .configMaps()
            .inNamespace(namespace)
            .resource(RevisionObjects.configMap(before, namespace, next));
    try {
      var _ = before.isPresent() ? resource.update() : resource.create();
    } catch (KubernetesClientException e) {
      if (isOurs(next)) {
        return;
      }
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
          || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        throw conflict(before.isPresent() ? next.number() - 1 : 0);
      }
      throw e;
    }
  }

  private boolean isOurs(Revision next) {
    try {
      return get().flatMap(RevisionObjects::revision).filter(next::equals).isPresent();
    } catch (KubernetesClientException e) {
      LOG.debug("whether the change was made is not known", e);
      return false;
    }
  }

  private FailureException conflict(long base) {
    return DefinitionFailures.conflict(base, current());
  }

  /** Returns what a ConfigMap says, and counts it up if its text was edited by hand. */
  private Optional<Revision> counted(ConfigMap map) {
    var said = RevisionObjects.revision(map);
    if (said.isEmpty()) {
      throw new FailureException(
          new Failure.Broken(
              "definition-broken",
              "the ConfigMap %s/%s has no %s, or something else than a number as %s; put them back, or run 'gatehouse apply'"
                  .formatted(
                      namespace,
                      RevisionObjects.NAME,
                      RevisionObjects.TEXT,
                      RevisionObjects.NUMBER)));
    }
    var kept =
        Optional.ofNullable(revision(said.get().number()).get()).flatMap(RevisionObjects::revision);
    var newest = newest(said.get(), kept);
    return newest == said.get().number()
            && newest != RevisionObjects.UNCOUNTED
            && (kept.isEmpty() || kept.get().text().equals(said.get().text()))
        ? said
        : Optional.of(countUp(map, said.get(), newest));
  }

  /**
   * Returns the number of the newest revision. A revision is kept after it is current, so a kept
   * one that is newer was current once. All are asked for only where there is reason to.
   */
  private long newest(Revision said, Optional<Revision> kept) {
    if (kept.isPresent() && revision(said.number() + 1).get() == null) {
      return said.number();
    }
    try {
      return Math.max(said.number(), newestKept());
    } catch (KubernetesClientException e) {
      // The operator may not list them; the gateways do, and count for it. Where the API server
      // does
      // not answer, the next question finds it out.
      LOG.debug("whether a newer revision is kept is not known", e);
      return said.number();
    }
  }

  /** Returns 0 where none is kept. */
  private long newestKept() {
    return kept().stream().findFirst().map(ControllerRevision::getRevision).orElse(0L);
  }

  private Revision countUp(ConfigMap map, Revision said, long newest) {
    var next = new Revision(newest + 1, said.text(), clock.instant(), RevisionObjects.byHand(map));
    try {
      var _ =
          client
              .configMaps()
              .inNamespace(namespace)
              .resource(RevisionObjects.configMap(Optional.of(map), namespace, next))
              .update();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      // Another was first.
      return get().flatMap(RevisionObjects::revision).orElse(said);
    }
    LOG.warn(
        "[definition-edited] {} edited the definition by hand; it is revision {}",
        Quote.plain(next.author().who()),
        next.number());
    keepAfterwards(next);
    return next;
  }

  // ---- the revisions ----

  private void keep(Revision revision) {
    try {
      var _ =
          client
              .apps()
              .controllerRevisions()
              .inNamespace(namespace)
              .resource(RevisionObjects.controllerRevision(namespace, revision))
              .create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      LOG.debug("revision {} is kept already", revision.number());
    }
  }

  /** The change is made. What is left is done by the next writer if it cannot be done now. */
  private void keepAfterwards(Revision revision) {
    try {
      keep(revision);
      for (var old : kept().stream().skip(KEPT).toList()) {
        var _ = revision(old.getRevision()).delete();
      }
    } catch (KubernetesClientException e) {
      LOG.warn(
          "[definition-history] revision {} is in force, but not in the history yet: {}",
          revision.number(),
          Quote.plain(String.valueOf(e.getMessage())));
    }
  }

  /** Returns the newest first. */
  private List<ControllerRevision> kept() {
    return client
        .apps()
        .controllerRevisions()
        .inNamespace(namespace)
        .withLabel(RevisionObjects.LABEL, RevisionObjects.NAME)
        .list()
        .getItems()
        .stream()
        .sorted(Comparator.comparing(ControllerRevision::getRevision).reversed())
        .toList();
  }

  private Resource<ControllerRevision> revision(long number) {
    return client
        .apps()
        .controllerRevisions()
        .inNamespace(namespace)
        .withName(RevisionObjects.nameOf(number));
  }

  private Optional<ConfigMap> get() {
    return Optional.ofNullable(configMap().get());
  }

  private Resource<ConfigMap> configMap() {
    return client.configMaps().inNamespace(namespace).withName(RevisionObjects.NAME);
  }

  private static void requireFits(String text) {
    var bytes = text.getBytes(UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw new FailureException(
          new Failure.Denied(
              "definition-too-large",
              "the definition has %d bytes, and Kubernetes keeps at most %d in a ConfigMap; make it shorter"
                  .formatted(bytes, MAX_BYTES)));
    }
  }

  // ---- followers ----

  @Override
  public void follow(Consumer<Revision> follower) {
    followers.add(new RevisionFollower(configMap(), this::find, follower));
  }

  @Override
  public void close() {
    followers.forEach(RevisionFollower::close);
  }

  // ---- failures ----

  /** What is asked of the API server. */
  private interface Question<T> {
    T ask();
  }

  private <T> T asking(Question<T> question) {
    try {
      return question.ask();
    } catch (KubernetesClientException e) {
      throw new FailureException(failure(e), e);
    }
  }

  private Failure failure(KubernetesClientException e) {
    var said = Quote.plain(String.valueOf(e.getMessage()));
    var code = e.getCode();
    if (code <= 0 || code == TOO_MANY_REQUESTS || code >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
      return new Failure.Unavailable(
          "definition-unavailable",
          "the cluster's API server, which keeps the definition, does not answer; try again soon");
    }
    return switch (code) {
      case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
          new Failure.Denied(
              "definition-forbidden",
              "the cluster does not let this account read or change the definition in %s: %s"
                  .formatted(namespace, said));
      default ->
          new Failure.Broken("definition-refused", "the cluster refused the definition: " + said);
    };
  }
}
