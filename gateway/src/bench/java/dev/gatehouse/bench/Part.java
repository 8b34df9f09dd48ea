package dev.gatehouse.bench;

import java.util.List;

/** What is measured with processes of its own, after the rows whose contenders take turns. */
interface Part {
  /** What {@code bench.rows} is compared with. */
  String name();

  Outcome measure() throws Exception;

  /**
   * For the page, in Markdown.
   *
   * @param rows of the table
   * @param remarks paragraphs below it
   */
  record Outcome(List<String> rows, List<String> remarks) {
    public Outcome {
      rows = List.copyOf(rows);
      remarks = List.copyOf(remarks);
    }
  }
}
