package dev.gatehouse.console.commands.workspace;

import dev.gatehouse.console.ExistingWorkspace;
import dev.gatehouse.console.KeepWord;
import dev.gatehouse.console.view.HumanTime;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.WorkspaceName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code [NAME] 12h}, {@code [NAME] until 2026-11-30T18:00} and {@code [NAME] off} ask for.
 * The words are read from the end, where the time stands, so that a workspace may be called {@code
 * off}.
 *
 * @param until empty if it is no longer to be kept
 */
record KeepRequest(ExistingWorkspace workspace, Optional<Instant> until) {
  /** Who needs it for longer says so again: forgotten machines cost. */
  private static final Duration MOST = Duration.ofDays(30);

  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,4})([mhd])");

  /**
   * @throws UserError if the words are not so, or the time is past or too far away
   */
  static KeepRequest parse(List<KeepWord> keepWords, Instant now) {
    var words = keepWords.stream().map(KeepWord::text).toList();
    var time = words.getLast();
    var before = words.subList(0, words.size() - 1);
    if (time.equals(KeepWord.OFF)) {
      return new KeepRequest(workspace(before), Optional.empty());
    }
    var until = before.lastIndexOf(KeepWord.UNTIL);
    if (until >= 0) {
      // Date and time may be two words.
      var moment = String.join(" ", words.subList(until + 1, words.size()));
      var name = workspace(before.subList(0, until));
      return new KeepRequest(name, Optional.of(check(moment(moment), now)));
    }
    var duration = duration(time);
    return new KeepRequest(workspace(before), Optional.of(check(now.plus(duration), now)));
  }

  private static ExistingWorkspace workspace(List<String> words) {
    if (words.size() > 1) {
      throw UserError.usage("there is one word too many: " + Quote.of(words.get(1)));
    }
    return words.isEmpty()
        ? ExistingWorkspace.MAIN
        : new ExistingWorkspace(new WorkspaceName(words.getFirst()));
  }

  private static Duration duration(String word) {
    var match = DURATION.matcher(word);
    if (!match.matches()) {
      throw notATime(word);
    }
    var number = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** ISO 8601; without an offset it is UTC. */
  private static Instant moment(String word) {
    try {
      return switch (DateTimeFormatter.ISO_DATE_TIME.parseBest(
          word.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from)) {
        case OffsetDateTime there -> there.toInstant();
        case LocalDateTime here -> here.toInstant(ZoneOffset.UTC);
        default -> throw notATime(word);
      };
    } catch (DateTimeException e) {
      throw notATime(word);
    }
  }

  private static Instant check(Instant until, Instant now) {
    if (!until.isAfter(now)) {
      throw UserError.usage("%s is past".formatted(HumanTime.clock(until)));
    }
    if (until.isAfter(now.plus(MOST))) {
      throw UserError.usage(
          "a workspace is kept for at most %s; say it again later".formatted(HumanTime.span(MOST)));
    }
    return until;
  }

  private static UserError notATime(String word) {
    return UserError.usage(
        "%s is no time; say 90m, 12h or 2d, 'until 2026-11-30T18:00' (UTC) or 'off'"
            .formatted(Quote.of(word)));
  }
}
