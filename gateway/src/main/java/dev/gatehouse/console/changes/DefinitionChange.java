package dev.gatehouse.console.changes;

import dev.gatehouse.cluster.edit.DefinitionText;
import dev.gatehouse.cluster.edit.DefinitionValues;
import dev.gatehouse.cluster.edit.Edit;
import dev.gatehouse.cluster.edit.ValuePath;
import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.cluster.revisions.DefinitionFailures;
import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.platform.Maker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One change of the definition by one command.
 *
 * @param what the command line that the log has, such as {@code type add big}
 */
public record DefinitionChange(Call call, ChangeOptions options, String what) {
  private static final ValuePath READ_ONLY = ValuePath.of("definition", "readOnly");
  private static final String UNCHANGED = "nothing was changed";
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** Returns the revision that a change begins from. */
  public Revision base() {
    return call.services().definitions().store().current();
  }

  /**
   * Returns the same, if it may be changed here.
   *
   * @throws dev.gatehouse.failure.FailureException {@code definition-read-only}, if the site
   *     changes it elsewhere
   */
  public Revision writableBase() {
    var base = base();
    readOnly(base)
        .ifPresent(
            why -> {
              throw DefinitionFailures.readOnly(why);
            });
    return base;
  }

  /** As the text says it: who mends a broken one by hand knows what they do. */
  private static Optional<String> readOnly(Revision base) {
    try {
      return DefinitionValues.of(base.text()).find(READ_ONLY).map(Object::toString);
    } catch (UserError e) {
      return Optional.empty();
    }
  }

  /**
   * Makes edits of the current text, and makes the result the definition.
   *
   * @throws UserError if an edit cannot be made, the result has mistakes, or the person does not
   *     want it; then nothing has changed
   */
  public void run(List<Edit> edits) throws InterruptedException {
    var base = writableBase();
    save(check(base, edits));
  }

  /**
   * Makes a text the definition.
   *
   * @throws UserError as {@link #run(List)}
   */
  public void run(String text) throws InterruptedException {
    save(check(writableBase(), text));
  }

  /**
   * Finds out what edits would do.
   *
   * @throws UserError if an edit cannot be made, or with every mistake of the result
   */
  public Proposal check(Revision base, List<Edit> edits) {
    try {
      return check(base, DefinitionText.edit(Proposal.NAME, base.text(), edits).text());
    } catch (UserError e) {
      throw unchanged(e);
    }
  }

  /**
   * Finds out what a text would do.
   *
   * @throws UserError with every mistake in it
   */
  public Proposal check(Revision base, String text) {
    try {
      return Proposal.of(call, base, text);
    } catch (UserError e) {
      throw unchanged(e);
    }
  }

  /** What is wrong in a person's text is their data, not this gateway's configuration. */
  private static UserError unchanged(UserError e) {
    return e.text().endsWith(UNCHANGED)
        ? e
        : new UserError(ExitCode.DATAERR, e.text() + "\n" + UNCHANGED);
  }

  /**
   * Makes a text the definition, after the person has been asked if it ends somebody's work.
   *
   * @throws dev.gatehouse.failure.FailureException {@code definition-conflict}, if somebody else
   *     has changed it since
   */
  public void save(Proposal proposal) throws InterruptedException {
    if (proposal.changesNothing()) {
      call.show(
          new Result.Outcome(
              "Nothing changes: revision %d says so already.".formatted(proposal.base().number()),
              Result.Details.of(
                  Result.field("revision", new Value.Count(proposal.base().number())),
                  Result.field("changed", new Value.Flag(false)))));
      return;
    }
    var view = new ProposalView(proposal);
    view.tell(call);
    if (proposal.effects().asks()) {
      call.confirm(options.yes(), "This %s. Go on?".formatted(proposal.effects().text()));
    }
    var made =
        call.services()
            .definitions()
            .store()
            .change(proposal.base().number(), proposal.text(), author());
    call.audit("%s: revision %d of the definition".formatted(what, made.number()));
    call.show(outcome(made, view));
  }

  private Author author() {
    return new Author(call.person().username().value(), call.from(), options.why());
  }

  private Result outcome(Revision made, ProposalView view) throws InterruptedException {
    var taken = isInForce(made);
    var restart =
        taken ? call.services().definitions().inForce().restartNeeded() : List.<String>of();
    return new Result.Outcome(
        taken
            ? "Revision %d is in force.%s"
                .formatted(made.number(), afterwards(restart, view.proposal().makers()))
            : "Revision %d is saved; this gateway works by it in a moment."
                .formatted(made.number()),
        view.details()
            .with(Result.field("revision", new Value.Count(made.number())))
            .with(Result.field("changed", new Value.Flag(true)))
            .with(Result.field("in force", new Value.Flag(taken)))
            .with(Result.field("restart needed", Value.of(restart))));
  }

  private String afterwards(List<String> keys, Set<Maker> makers) {
    if (keys.isEmpty()) {
      return makers.contains(Maker.OPERATOR)
          ? " The operator changes the cluster to it: 'gate cluster apply --status' shows how far"
              + " it is."
          : "";
    }
    return " Only a restart of the gateway brings this into force: %s. %s"
        .formatted(String.join(", ", keys), whoRestarts());
  }

  private String whoRestarts() {
    return call.services().definitions().operator().isPresent()
        ? "The operator replaces the gateways one by one, and open sessions are told:"
            + " 'gate cluster apply --status' shows how far it is."
        : "Restart 'gatehouse try', or 'gatehouse serve' outside of a cluster.";
  }

  /** Waits for this gateway to take it over; others do at the same time. */
  private boolean isInForce(Revision made) throws InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (call.services().definitions().inForce().revision() < made.number()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(PAUSE);
    }
    return true;
  }

  /**
   * Returns a revision by its number.
   *
   * @throws UserError if it is not kept
   */
  public static Revision revision(Call call, long number) {
    var history = call.services().definitions().store().history();
    return history.stream()
        .filter(r -> r.number() == number)
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    ExitCode.DATAERR,
                    "there is no revision %d; %d to %d are kept"
                        .formatted(
                            number, history.getLast().number(), history.getFirst().number())));
  }
}
