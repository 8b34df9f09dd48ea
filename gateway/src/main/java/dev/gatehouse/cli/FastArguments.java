package dev.gatehouse.cli;

import dev.gatehouse.server.ServeCommand;
import dev.gatehouse.training.TrainCommand;
import dev.gatehouse.trial.TryCommand;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A start in its plainest form: {@code try} or {@code serve}, and options that are each followed by
 * a value; and {@code train} with one of them, or {@code operate}, which is for builds and in no
 * help. It needs no picocli, whose classes are of Java 5 and are kept out of the JVM's AOT cache
 * for that: they took a third of a second. All else, help and mistakes included, is picocli's.
 */
public record FastArguments(Callable<Integer> command) {
  private static final String PORT = "--port";
  private static final String STATE = "--state";
  private static final String CLUSTER = "--cluster";
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,4}|[1-5][0-9]{4}");

  /** Empty if it takes more than this to understand it. */
  public static Optional<FastArguments> of(String... args) {
    return switch (args.length == 0 ? "" : args[0]) {
      case "try" -> options(Set.of(PORT, STATE, CLUSTER), args).flatMap(FastArguments::tryCommand);
      case "serve" ->
          options(Set.of(STATE, CLUSTER), args)
              .map(o -> new FastArguments(new ServeCommand(path(o, CLUSTER), path(o, STATE))));
      case "train" -> training(args).map(FastArguments::new);
      default -> Optional.empty();
    };
  }

  /** Answers the exit status. */
  public int run() {
    try {
      return command.call();
    } catch (Exception e) {
      return StartupErrors.explain(e);
    }
  }

  private static Optional<TrainCommand> training(String... args) {
    return switch (String.join(" ", args)) {
      case "train try" -> Optional.of(TrainCommand.ofTry());
      case "train serve" -> Optional.of(TrainCommand.ofServe());
      case "train operate" -> Optional.of(TrainCommand.ofOperate());
      default -> Optional.empty();
    };
  }

  private static Optional<FastArguments> tryCommand(Map<String, String> options) {
    var port = options.get(PORT);
    if (port != null && !DIGITS.matcher(port).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new FastArguments(
            new TryCommand(
                port == null ? null : Integer.valueOf(port),
                path(options, STATE),
                path(options, CLUSTER))));
  }

  private static Optional<Map<String, String>> options(Set<String> known, String... args) {
    var options = new HashMap<String, String>();
    for (var i = 1; i < args.length; i += 2) {
      var isPlain =
          known.contains(args[i])
              && i + 1 < args.length
              && !args[i + 1].isEmpty()
              && !"-@\"'".contains(args[i + 1].substring(0, 1));
      if (!isPlain || options.put(args[i], args[i + 1]) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(options);
  }

  private static @Nullable Path path(Map<String, String> options, String name) {
    var value = options.get(name);
    return value == null ? null : Path.of(value);
  }
}
