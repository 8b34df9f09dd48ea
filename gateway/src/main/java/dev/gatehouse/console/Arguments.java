package dev.gatehouse.console;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.UserError;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One command's options and parameters: picocli, kept to what a server may let people do. */
final class Arguments {
  /** What every command takes. */
  static final class Common {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    private boolean help;

    @Option(names = "--json", description = "Write the result as JSON.")
    private boolean json;
  }

  /** Usage help, cut into lines. */
  record Usage(List<String> synopsis, List<String> parameters, List<String> options) {}

  /** Whoever writes it by habit is right: a command that asks nothing does not ask. */
  private static final String YES = "--yes";

  private final CommandInfo commandInfo;
  private final Command command;
  private final Common common = new Common();
  private final CommandSpec spec;
  private List<String> used = List.of();

  Arguments(CommandTable.Entry entry) {
    this.commandInfo = entry.commandInfo();
    this.command = entry.make().get();
    // Lenient: a command without any option or parameter has no annotation to be known by.
    this.spec = CommandSpec.forAnnotatedObjectLenient(command).name("gate " + commandInfo.name());
    spec.addMixin("common", CommandSpec.forAnnotatedObject(common));
    if (spec.findOption(YES) == null) {
      spec.addOption(OptionSpec.builder(YES).type(boolean.class).arity("0").hidden(true).build());
    }
  }

  /** Without the options that this person may not use: for help and completion. */
  Arguments visibleTo(Person person, Admission admission) {
    commandInfo
        .options()
        .forEach(
            (option, needed) -> {
              if (needed.refusal(admission, person).isPresent()) {
                spec.remove(spec.findOption(option));
              }
            });
    return this;
  }

  /** The long names of the options that were given. */
  List<String> used() {
    return used;
  }

  CommandSpec spec() {
    return spec;
  }

  Command command() {
    return command;
  }

  boolean help() {
    return common.help;
  }

  boolean json() {
    return common.json;
  }

  /**
   * Fills the command's fields.
   *
   * @throws UserError if the words do not fit
   */
  void parse(List<String> words) {
    try {
      var parsed = parser().parseArgs(words.toArray(String[]::new));
      used = parsed.matchedOptions().stream().map(OptionSpec::longestName).distinct().toList();
    } catch (ParameterException e) {
      throw e.getCause() instanceof UserError error ? error : misused(e);
    }
  }

  /**
   * @param heading the columns in front of the synopsis
   */
  Usage usage(int columns, int heading) {
    spec.usageMessage().width(columns);
    var help = new Help(parser().getCommandSpec(), Help.defaultColorScheme(Help.Ansi.OFF));
    return new Usage(
        lines(help.synopsis(heading)), lines(help.parameterList()), lines(help.optionList()));
  }

  private CommandLine parser() {
    var parser = new CommandLine(spec);
    // An argument @file would read the gateway's own files to the person.
    parser.setExpandAtFiles(false);
    parser.setInterpolateVariables(false);
    ArgumentTypes.register(parser);
    return parser;
  }

  private UserError misused(ParameterException e) {
    var unknown = e instanceof UnmatchedArgumentException u ? u.getUnmatched() : List.<String>of();
    var what = unknown.isEmpty() ? decapitalised(e) : unexpected(unknown.getFirst());
    return UserError.usage("%s; see 'gate help %s'".formatted(what, commandInfo.name()));
  }

  private String unexpected(String word) {
    if (!word.startsWith("-")) {
      return "there is one word too many: '%s'".formatted(word);
    }
    return "unknown option '%s'%s"
        .formatted(
            word,
            DidYouMean.word(word, spec.optionsMap().keySet())
                .map(" (did you mean '%s'?)"::formatted)
                .orElse(""));
  }

  private static String decapitalised(ParameterException e) {
    var text = String.valueOf(e.getMessage());
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::stripTrailing).toList();
  }
}
