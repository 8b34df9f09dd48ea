package dev.gatehouse.bench;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Puts a run's table into the page. */
final class Report {
  private static final String BEGIN = "<!-- table -->\n";
  private static final String END = "<!-- /table -->\n";

  private Report() {}

  /**
   * @param alone lines about what has no counterpart
   */
  static String replaceTable(String page, List<Comparison> results, List<String> alone)
      throws IOException {
    var begin = page.indexOf(BEGIN) + BEGIN.length();
    var end = page.indexOf(END);
    return page.substring(0, begin) + table(results, alone) + page.substring(end);
  }

  private static String table(List<Comparison> results, List<String> alone) throws IOException {
    return """
    %s, %s, %d cores, Java %s, %s.

    | | gatehouse | `ssh -J` | ratio | goal | CPU per GiB, gateway / jump host |
    |---|---|---|---|---|---|
    %s

    %s
    """
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            processor(),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version(),
            openSsh(),
            results.stream().map(Comparison::line).collect(joining("\n")),
            String.join("\n", alone));
  }

  private static String processor() throws IOException {
    return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.replaceFirst(".*: ", ""))
        .findFirst()
        .orElse("an unknown processor");
  }

  private static String openSsh() {
    return Program.in(Path.of("/"), List.of("ssh", "-V")).run().stderr().strip();
  }
}
