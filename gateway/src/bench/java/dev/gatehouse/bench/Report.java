package dev.gatehouse.bench;

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
   * Returns the page with this run's table in place of the last one, which the repository's history
   * keeps.
   *
   * @param lines rows of the table
   * @param remarks paragraphs
   */
  static String replaceTable(String page, List<String> lines, List<String> remarks)
      throws IOException {
    var begin = page.indexOf(BEGIN) + BEGIN.length();
    var end = page.indexOf(END);
    return page.substring(0, begin) + table(lines, remarks) + "\n" + page.substring(end);
  }

  private static String table(List<String> lines, List<String> remarks) throws IOException {
    return """
    %s, %s, %d cores, Java %s, %s, Linux %s.

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
            System.getProperty("os.version"),
            String.join("\n", lines),
            String.join("\n\n", remarks));
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
