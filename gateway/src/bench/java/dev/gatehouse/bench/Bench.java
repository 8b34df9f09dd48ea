package dev.gatehouse.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The benchmark. Contenders take turns in each row, so that a machine that slows down does so for
 * all.
 *
 * <p>System properties: {@code bench.rows}, a regular expression for the names of the rows to run;
 * {@code bench.mib}, how much a bulk transfer moves; {@code bench.out}, the page whose table is
 * replaced.
 */
public final class Bench {
  private static final long MIB = Long.getLong("bench.mib", 2048);
  private static final Pattern WANTED = Pattern.compile(System.getProperty("bench.rows", ""));

  private Bench() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws Exception {
    var rows = rows().stream().filter(r -> WANTED.matcher(r.name()).find()).toList();
    var lines = new ArrayList<String>();
    var remarks = new ArrayList<String>();
    try (var gateway = new GatewayUnderTest();
        var jump = new JumpHost()) {
      for (var row : rows) {
        var line = compare(row, gateway, jump).line();
        System.out.println(line);
        lines.add(line);
      }
    }
    for (var part : parts().stream().filter(p -> WANTED.matcher(p.name()).find()).toList()) {
      var outcome = part.measure();
      outcome.rows().forEach(System.out::println);
      outcome.remarks().forEach(System.out::println);
      lines.addAll(outcome.rows());
      remarks.addAll(outcome.remarks());
    }
    var out = System.getProperty("bench.out", "");
    if (!out.isEmpty()) {
      var page = Path.of(out);
      Files.writeString(page, Report.replaceTable(Files.readString(page), lines, remarks));
    }
  }

  private static List<Row> rows() {
    var rows = new ArrayList<Row>();
    for (var cipher :
        List.of(
            "aes128-gcm@openssh.com",
            "aes256-gcm@openssh.com",
            "chacha20-poly1305@openssh.com",
            "aes256-ctr")) {
      rows.add(new ExecRow(cipher, false, MIB, 1.4));
      rows.add(new ExecRow(cipher, true, MIB, 1.4));
    }
    for (var streams : List.of(1, 16)) {
      rows.add(new TunnelRow(false, streams, MIB, 1.4));
      rows.add(new TunnelRow(true, streams, MIB, 1.4));
    }
    rows.add(new CommandRow(true, 0.6));
    rows.add(new CommandRow(false, 1));
    rows.add(new EchoRow(50, false, 1.2));
    rows.add(new EchoRow(99, false, 1.2));
    rows.add(new EchoRow(99, true, 1.5));
    for (var clients : List.of(1, 16)) {
      rows.add(new LoginsRow(clients, false, 3));
    }
    rows.add(new LoginsRow(16, true, 1.0 / 3));
    return rows;
  }

  private static List<Part> parts() {
    return List.of(new IdlePart(), new BusyPart(), new FirstLoginPart(), new StartShare());
  }

  /** A turn of each that does not count, then A B A B …. */
  private static Comparison compare(Row row, Contender gateway, Contender jump) throws Exception {
    row.run(gateway);
    row.run(jump);
    var ours = new ArrayList<Row.Sample>();
    var theirs = new ArrayList<Row.Sample>();
    for (var i = 0; i < row.rounds(); i++) {
      ours.add(row.run(gateway));
      theirs.add(row.run(jump));
    }
    return new Comparison(new Series(row, ours), new Series(row, theirs));
  }
}
