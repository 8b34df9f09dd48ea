package dev.gatehouse.console;

import dev.gatehouse.console.terminal.Input;
import dev.gatehouse.console.terminal.PrivateKeys;
import dev.gatehouse.console.view.ClientGone;
import dev.gatehouse.console.view.Interrupted;
import dev.gatehouse.console.view.Screen;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the command, checks once that the person may run it, runs it, and makes an exit status of
 * whatever comes of it.
 */
final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final List<String> HELP = List.of("-h", "--help", "?");

  private final CommandTable table;
  private final Services services;

  Dispatcher(CommandTable table, Services services) {
    this.table = table;
    this.services = services;
  }

  /**
   * @param line a command line without the leading {@code gate}
   * @return the exit status
   * @throws ClientGone if nobody is there to see what comes of it
   */
  int run(Caller caller, String line, Screen screen, Input input) {
    var person = caller.person();
    try {
      PrivateKeys.refuse(line);
      dispatch(caller, Words.split(line), screen, input);
      return ExitCode.OK.status();
    } catch (UserError e) {
      screen.error(e.text());
      return e.exit().status();
    } catch (FailureException e) {
      log(e, person);
      screen.error(e.failure().line());
      return e.failure().exit().status();
    } catch (Interrupted e) {
      screen.error(String.valueOf(e.getMessage()));
      return Interrupted.STATUS;
    } catch (InterruptedException e) {
      screen.error("interrupted");
      return Interrupted.STATUS;
    } catch (ClientGone e) {
      throw e;
    } catch (RuntimeException e) {
      screen.error(unexpected(e, person));
      return ExitCode.SOFTWARE.status();
    }
  }

  CommandTable visibleTo(Person person) {
    return table.visibleTo(person, services.admission());
  }

  private void dispatch(Caller caller, List<String> words, Screen screen, Input input)
      throws InterruptedException {
    var entry = table.find(words.isEmpty() || isHelp(words.getFirst()) ? List.of("help") : words);
    if (entry.isPresent()) {
      var used = Math.min(entry.get().commandInfo().words().size(), words.size());
      run(entry.get(), caller, words.subList(used, words.size()), screen, input);
    } else {
      groupHelp(caller, words, screen, input);
    }
  }

  private void run(
      CommandTable.Entry entry, Caller caller, List<String> words, Screen screen, Input input)
      throws InterruptedException {
    var person = caller.person();
    check(entry.commandInfo().access(), person);
    var arguments = new Arguments(entry);
    arguments.parse(words);
    arguments.used().forEach(option -> checkOption(option, entry.commandInfo(), person));
    var format = arguments.json() ? Screen.Format.JSON : screen.format();
    var call = new Call(person, caller.from(), services, table, screen, format, input);
    if (arguments.help()) {
      HelpPages.of(call).command(entry).forEach(screen::print);
    } else {
      arguments.command().run(call);
    }
  }

  private void checkOption(String option, CommandInfo commandInfo, Person person) {
    Optional.ofNullable(commandInfo.options().get(option))
        .flatMap(needed -> needed.refusal(services.admission(), person))
        .ifPresent(
            why -> {
              throw new FailureException(
                  new Failure.Denied(why.code(), "%s: %s".formatted(option, why.message())));
            });
  }

  private void check(Access access, Person person) {
    access
        .refusal(services.admission(), person)
        .ifPresent(
            why -> {
              throw new FailureException(why);
            });
  }

  /** {@code gate workspace}, or {@code gate workspace --help}; all else is no command. */
  private void groupHelp(Caller caller, List<String> words, Screen screen, Input input) {
    check(Access.ANYBODY, caller.person());
    var call = new Call(caller.person(), caller.from(), services, table, screen, screen.format(), input);
    var asked = words.stream().filter(w -> !isHelp(w)).toList();
    HelpPages.of(call).about(asked).forEach(screen::print);
  }

  private static boolean isHelp(String word) {
    return HELP.contains(word);
  }

  private static void log(FailureException e, Person person) {
    switch (e.failure()) {
      case Failure.Denied why -> LOG.debug("{} is denied: {}", person.username(), why.code());
      case Failure.Unavailable why -> LOG.warn("{}: {}", person.username(), why.code(), e);
      case Failure.Broken why -> LOG.error("{}: {}", person.username(), why.code(), e);
    }
  }

  private static String unexpected(RuntimeException e, Person person) {
    var event = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    LOG.error("A console command of {} failed, event {}", person.username(), event, e);
    return "something went wrong on our side; please quote the event %s".formatted(event);
  }
}
