package dev.gatehouse.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import java.time.Duration;
import java.util.HashSet;
import java.util.regex.Pattern;

/** cluster.yaml, which is read again while people work. */
final class DefinitionTarget extends FuzzTarget {
  private static final Pattern MISTAKE = Pattern.compile("f:([1-9][0-9]*):([1-9][0-9]*): .+");
  private static final Pattern MORE = Pattern.compile("… and [1-9][0-9]* more");

  @Override
  protected String name() {
    return "definition";
  }

  @Override
  protected Runnable parse(byte[] input) {
    var text = new String(input, UTF_8);
    var definition = ClusterDefinitionFile.parse("f", text);
    return () -> isRight(definition, text);
  }

  private static void isRight(ClusterDefinition definition, String text) {
    require(ClusterDefinitionFile.parse("f", text).equals(definition), "it depends");
    require(definition.machineTypes().containsValue(definition.defaultType()), "no default type");
    require(!definition.login().methods().isEmpty(), "nobody could log in");
    for (var chain : definition.login().methods()) {
      var methods = chain.methods();
      require(
          !methods.isEmpty() && new HashSet<>(methods).size() == methods.size(), "chain " + chain);
    }
    var limits = definition.limits();
    require(limits.maxStartups().full() >= limits.maxStartups().start(), "maxStartups");
    require(limits.loginGraceTime().compareTo(Duration.ZERO) > 0, "loginGraceTime");
    var penalties = limits.perSourcePenalties();
    require(penalties.max().compareTo(penalties.min()) >= 0, "perSourcePenalties");
  }

  /** Each mistake is told with a place that is in the file. */
  @Override
  protected void refused(byte[] input, UserError error) {
    require(error.exit() == ExitCode.CONFIG, "exit " + error.exit());
    var lines = new String(input, UTF_8).split("\r\n|[\r\n\u0085\u2028\u2029]", -1).length;
    error
        .text()
        .lines()
        .forEach(
            line -> {
              var mistake = MISTAKE.matcher(line);
              require(
                  mistake.matches()
                      ? Integer.parseInt(mistake.group(1)) <= lines
                      : MORE.matcher(line).matches(),
                  "no place: " + line);
            });
  }
}
