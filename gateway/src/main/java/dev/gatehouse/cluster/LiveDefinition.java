package dev.gatehouse.cluster;

import dev.gatehouse.cluster.InForceAfter.What;
import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.failure.UserError;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definition that is in force: two calls may return different definitions. It comes from a
 * file, which is read again and again, and from revisions, which are offered. Of two revisions the
 * one of the higher number counts, wherever it comes from; a file without a number counts until a
 * revision is offered. One with mistakes changes nothing.
 */
public final class LiveDefinition implements Supplier<ClusterDefinition> {
  private static final Logger LOG = LoggerFactory.getLogger(LiveDefinition.class);

  private final Optional<Path> file;
  private final UnaryOperator<ClusterDefinition> override;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile State state;

  // Guarded by this.
  private @Nullable DefinitionSource lastRead;
  private @Nullable DefinitionSource lastOfFile;
  private @Nullable DefinitionSource chosen;
  private Verdict verdict;
  private long highest;

  /**
   * @param inForce the definition as this gateway runs with it
   * @param written the same revision as it was written
   * @param revision 0 if it has no number
   * @param refused what is wrong with a later one
   */
  private record State(
      ClusterDefinition inForce,
      ClusterDefinition written,
      long revision,
      Optional<String> refused) {
    State numbered(long number) {
      return new State(inForce, written, number, refused);
    }
  }

  /** What a source is found to be; two of the same content are equal. */
  private sealed interface Verdict {
    record Sound(long revision, ClusterDefinition definition) implements Verdict {}

    record Refused(String why) implements Verdict {}
  }

  /** Makes one that changes only by what is offered. */
  public LiveDefinition(ClusterDefinition only) {
    this(Optional.empty(), UnaryOperator.identity(), null, new Verdict.Sound(0, only));
  }

  /**
   * Reads the file, and the number of its revision if the file {@code revision} lies beside it.
   *
   * @param override what the command line says otherwise, now and later
   * @throws UserError as {@link ClusterDefinitionFile#load}
   */
  public LiveDefinition(Path file, UnaryOperator<ClusterDefinition> override) {
    this(file, override, DefinitionSource.read(file));
  }

  private LiveDefinition(
      Path file, UnaryOperator<ClusterDefinition> override, DefinitionSource.Text text) {
    this(Optional.of(file), override, text, sound(text, Optional.of(file)));
  }

  private LiveDefinition(
      Optional<Path> file,
      UnaryOperator<ClusterDefinition> override,
      DefinitionSource.@Nullable Text text,
      Verdict.Sound first) {
    this.file = file;
    this.override = override;
    lastRead = text;
    lastOfFile = text;
    chosen = text;
    verdict = first;
    highest = first.revision();
    var written = override.apply(first.definition());
    state = new State(written, written, first.revision(), Optional.empty());
  }

  // ---- what is in force ----

  @Override
  public ClusterDefinition get() {
    return state.inForce();
  }

  /** Returns the number of the revision that is in force; 0 for a definition without one. */
  public long revision() {
    return state.revision();
  }

  /** Returns what is wrong with a later definition, which is therefore not in force. */
  public Optional<String> refused() {
    return state.refused();
  }

  /** Returns the keys whose written value is not in force. */
  public List<Unapplied> unapplied() {
    var now = state;
    return HeldSettings.differing(now.written(), now.inForce()).stream()
        .map(u -> keepsKindOfDirectory(now) ? u : new Unapplied(u.key(), What.RESTART))
        .toList();
  }

  /** Returns those of {@link #unapplied} that only a restart brings into force. */
  public List<String> restartNeeded() {
    return unapplied().stream().filter(u -> u.after() == What.RESTART).map(Unapplied::key).toList();
  }

  /** A directory inside the process is never exchanged for servers, nor they for it. */
  private static boolean keepsKindOfDirectory(State state) {
    return state.written().directory().ldap().isPresent()
        == state.inForce().directory().ldap().isPresent();
  }

  /** Returns the servers of people that are written, where others are in force. */
  public Optional<LdapSettings> awaitedLdap() {
    var now = state;
    var before = now.inForce().directory().ldap();
    return now.written()
        .directory()
        .ldap()
        .filter(wanted -> before.isPresent() && !before.get().equals(wanted));
  }

  /**
   * Brings servers of people into force.
   *
   * @return false if they are no longer those that are written; then nothing has changed
   */
  public boolean bringIntoForce(LdapSettings ldap) {
    synchronized (this) {
      if (!awaitedLdap().equals(Optional.of(ldap))) {
        return false;
      }
      var now = state;
      var next = HeldSettings.keep(now.written(), now.inForce(), EnumSet.of(What.RESTART));
      state = new State(next, now.written(), now.revision(), now.refused());
    }
    tell();
    return true;
  }

  /** Calls this after each change, on the thread that has brought it; it must not block. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private void tell() {
    listeners.forEach(Runnable::run);
  }

  // ---- what changes it ----

  /**
   * Reads the file again, which takes a millisecond: its time and size do not tell when a ConfigMap
   * is mounted. A change counts when it was read twice the same: half of a file that somebody is
   * just writing may be sound too, and would end people's sessions. Called every few seconds.
   */
  public void refresh() {
    if (refreshed()) {
      tell();
    }
  }

  private synchronized boolean refreshed() {
    file.ifPresent(this::readAgain);
    // Files that it names, such as login.revokedKeys, may have come or gone.
    return judge();
  }

  private void readAgain(Path path) {
    var now = DefinitionSource.look(path);
    var settled = now.equals(lastRead);
    lastRead = now;
    if (settled && !now.equals(lastOfFile)) {
      lastOfFile = now;
      if (counts(now)) {
        choose(now);
      }
    }
  }

  private boolean counts(DefinitionSource now) {
    return switch (now) {
      case DefinitionSource.Unreadable(_) ->
          !(chosen instanceof DefinitionSource.Text text) || text.file().isPresent();
      case DefinitionSource.Text(var revision, _, _) ->
          revision > highest
              || (revision == highest
                  && (revision == 0 || chosen instanceof DefinitionSource.Unreadable));
    };
  }

  private void choose(DefinitionSource source) {
    chosen = source;
    if (source instanceof DefinitionSource.Text text) {
      highest = Math.max(highest, text.revision());
    }
  }

  /**
   * Takes a revision, unless one of its number or a higher one is known. Its text is whole, so it
   * counts at once.
   */
  public void offer(Revision revision) {
    if (offered(DefinitionSource.of(revision))) {
      tell();
    }
  }

  private synchronized boolean offered(DefinitionSource.Text text) {
    if (text.revision() <= highest) {
      LOG.debug("{} is offered, and {} is known", text.name(), highest);
      return false;
    }
    choose(text);
    return judge();
  }

  /** Returns whether another definition is in force now. */
  private boolean judge() {
    var source = chosen;
    if (source == null) {
      return false;
    }
    var now = verdict(source);
    if (now.equals(verdict)) {
      return false;
    }
    var before = verdict;
    verdict = now;
    if (before instanceof Verdict.Sound(var revision, var definition)
        && now instanceof Verdict.Sound sound
        && revision == 0
        && definition.equals(sound.definition())) {
      state = state.numbered(sound.revision());
      return false; // the file that the gateway began with, which has a number now
    }
    return switch (now) {
      case Verdict.Sound sound -> {
        take(name(source), sound);
        yield true;
      }
      case Verdict.Refused(var why) -> {
        refuse(source, why);
        yield false;
      }
    };
  }

  private Verdict verdict(DefinitionSource source) {
    return switch (source) {
      case DefinitionSource.Unreadable(var why) -> new Verdict.Refused(why);
      case DefinitionSource.Text text -> {
        try {
          yield sound(text, file);
        } catch (UserError e) {
          yield new Verdict.Refused(e.text());
        }
      }
    };
  }

  /**
   * @param beside where the files lie that it names
   */
  private static Verdict.Sound sound(DefinitionSource.Text text, Optional<Path> beside) {
    var name = text.file().map(Path::toString).orElseGet(text::name);
    var definition =
        beside.isPresent()
            ? ClusterDefinitionFile.parse(name, text.content(), beside.get())
            : ClusterDefinitionFile.parse(name, text.content());
    return new Verdict.Sound(text.revision(), definition);
  }

  private static String name(DefinitionSource source) {
    return switch (source) {
      case DefinitionSource.Text text -> text.name();
      case DefinitionSource.Unreadable(var why) -> why;
    };
  }

  private void take(String name, Verdict.Sound sound) {
    var running = state.inForce();
    var written = override.apply(sound.definition());
    var next = HeldSettings.keep(written, running, EnumSet.allOf(What.class));
    state = new State(next, written, sound.revision(), Optional.empty());
    LOG.info("[definition-changed] {} is in force", name);
    var restart = restartNeeded();
    if (!restart.isEmpty()) {
      LOG.warn(
          "[definition-restart] what {} now says of {} takes effect after a restart",
          name,
          String.join(", ", restart));
    }
    if (awaitedLdap().isPresent()) {
      LOG.info(
          "[definition-awaits] what {} now says of directory.ldap takes effect when those servers"
              + " have answered; until then the servers before are asked",
          name);
    }
  }

  private void refuse(DefinitionSource source, String why) {
    var now = state;
    state = new State(now.inForce(), now.written(), now.revision(), Optional.of(why));
    var which =
        source instanceof DefinitionSource.Text text && text.revision() > 0
            ? text.name() + " is refused, and "
            : "";
    LOG.error("[definition-refused] {}the definition before stays in force: {}", which, why);
  }
}
