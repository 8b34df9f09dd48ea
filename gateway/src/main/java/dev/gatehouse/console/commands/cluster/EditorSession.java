package dev.gatehouse.console.commands.cluster;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Drafts.Draft;
import dev.gatehouse.console.changes.DefinitionChange;
import dev.gatehouse.console.editor.Edited;
import dev.gatehouse.console.editor.Editing;
import dev.gatehouse.console.view.ClientGone;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.text.UnifiedDiff;
import java.io.EOFException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The definition in the editor, opened again until the text is accepted or thrown away. Whatever
 * goes wrong in between, the person's text is kept.
 */
final class EditorSession {
  private static final String CONFLICT = "definition-conflict";

  /** Begins lines that are for the person, and no part of the text. */
  private static final String NOTE = "#! ";

  /** Where a mistake is, in the message that tells it. */
  private static final Pattern PLACE = Pattern.compile("^\\S+:(\\d{1,9}):(\\d{1,9}): ");

  private final Call call;
  private final DefinitionChange change;
  private Revision base;
  private String text;
  private String message = "";

  /** What would be lost of somebody else's, if the text were saved as it is. */
  private Optional<Revision> foreign = Optional.empty();

  EditorSession(Call call, DefinitionChange change) {
    this.call = call;
    this.change = change;
    base = change.writableBase();
    text = base.text();
  }

  void run() throws InterruptedException {
    call.services().definitions().drafts().take(call.person().username()).ifPresent(this::resume);
    while (true) {
      switch (call.input().edit(editing())) {
        case Edited.Left() -> {
          call.show(unchanged());
          return;
        }
        case Edited.Lost(var unsaved) -> {
          keep(unsaved);
          throw new ClientGone(new EOFException());
        }
        case Edited.Accepted(var accepted) -> {
          text = accepted;
          if (isSaved()) {
            return;
          }
        }
      }
    }
  }

  private void resume(Draft draft) {
    text = draft.text();
    message = "this is the text that you were writing before; ^X and then N throw it away";
    if (draft.base() != base.number()) {
      showForeign(draft.base());
    }
  }

  private Editing editing() {
    var place = PLACE.matcher(message);
    var found = place.find();
    // The mistake was found in the text without the notes.
    var notes = (int) text.lines().filter(l -> l.startsWith(NOTE)).count();
    return new Editing(
        "definition of %s, revision %d".formatted(call.services().host(), base.number()),
        base.text(),
        text,
        message,
        found ? Integer.parseInt(place.group(1)) + notes : 1,
        found ? Integer.parseInt(place.group(2)) : 1);
  }

  /** Returns whether it is done; if not, the message says why. */
  private boolean isSaved() throws InterruptedException {
    var wanted = withoutNotes(text);
    try {
      var proposal = change.check(base, wanted);
      if (foreign.isPresent() && !proposal.changesNothing()) {
        call.confirm(
            change.options().yes(),
            "%s saved revision %d while you wrote. Have you taken over what you want of it?"
                .formatted(foreign.get().author().who(), foreign.get().number()));
      }
      change.save(proposal);
      return true;
    } catch (UserError e) {
      message = e.text();
    } catch (FailureException e) {
      if (!e.failure().code().equals(CONFLICT)) {
        tellKept();
        throw e;
      }
      var old = base.number();
      base = change.base();
      message = e.failure().message();
      showForeign(old);
    } catch (InterruptedException e) {
      tellKept();
      throw e;
    }
    return false;
  }

  /** Puts on top what others have changed since that revision. */
  private void showForeign(long old) {
    foreign = Optional.of(base);
    var before =
        call.services().definitions().store().history().stream()
            .filter(r -> r.number() == old)
            .findFirst();
    var diff =
        before
            .map(b -> UnifiedDiff.between("revision " + old, b.text(), name(base), base.text()))
            .orElse(List.of());
    var notes =
        diff.isEmpty()
            ? List.of("%s has changed the definition since.".formatted(base.author().who()))
            : diff;
    text =
        notes.stream().map(n -> NOTE + n + "\n").collect(joining())
            + NOTE
            + "This is what others have changed meanwhile. Lines that begin with #! are left out.\n"
            + withoutNotes(text);
  }

  private static String name(Revision revision) {
    return "revision %d of %s".formatted(revision.number(), revision.author().who());
  }

  private static String withoutNotes(String text) {
    var rest = text;
    while (rest.startsWith(NOTE)) {
      var end = rest.indexOf('\n');
      rest = end < 0 ? "" : rest.substring(end + 1);
    }
    return rest;
  }

  private void tellKept() {
    keep(text);
    call.screen().tell(Line.of("Your text is kept: 'gate cluster edit' goes on with it."));
  }

  private void keep(String unsaved) {
    var written = withoutNotes(unsaved);
    if (!written.equals(base.text())) {
      call.services()
          .definitions()
          .drafts()
          .keep(call.person().username(), new Draft(base.number(), written));
    }
  }

  private Result unchanged() {
    return new Result.Outcome(
        "Nothing is changed.",
        Result.Details.of(
            Result.field("revision", new Value.Count(base.number())),
            Result.field("changed", new Value.Flag(false))));
  }
}
