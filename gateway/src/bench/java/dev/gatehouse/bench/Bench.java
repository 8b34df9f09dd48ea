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
 * {@code bench.mib}, how much a bulk transfer moves; {@code bench.files}, how many files rsync
 * copies; {@code bench.idle}, how many idle connections there are in the end; {@code bench.jvm},
 * more options for the gateway's JVM; {@code bench.out}, the page whose table is replaced.
 */
public final class Bench {
  private static final long MIB = Long.getLong("bench.mib", 2048);
  private static final Pattern WANTED = Pattern.compile(System.getProperty("bench.rows", ""));

  private Bench() {}

  public static void main(String[] args) throws Exception {
    var rows = rows().stream().filter(r -> WANTED.matcher(r.name()).find()).toList();
    var parts = parts().stream().filter(p -> WANTED.matcher(p.name()).find()).toList();
    var lines = new ArrayList<String>();
    var remarks = new ArrayList<String>();
    if (!rows.isEmpty()) {
      compare(rows, lines);
    }
    for (var part : parts) {
      var outcome = part.measure();
      outcome.rows().forEach(Bench::tell);
      outcome.remarks().forEach(Bench::tell);
      lines.addAll(outcome.rows());
      remarks.addAll(outcome.remarks());
    }
    var out = System.getProperty("bench.out", "");
    if (!out.isEmpty()) {
      var page = Path.of(out);
      Files.writeString(page, Report.replaceTable(Files.readString(page), lines, remarks));
    }
  }

  private static void compare(List<Row> rows, List<String> lines) throws Exception {
    try (var gateway = new GatewayUnderTest();
        var jump = new JumpHost()) {
      for (var row : rows) {
        var line = compare(row, gateway, jump).line();
        tell(line);
        lines.add(line);
      }
    }
  }

  @SuppressWarnings("SystemOut")
  private static void tell(String line) {
    System.out.println(line);
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
    for (var program : List.of("scp", "sftp")) {
      rows.add(new CopyRow(program, false, Math.min(MIB, 1024), 1.2));
      rows.add(new CopyRow(program, true, Math.min(MIB, 1024), 1.2));
    }
    rows.add(new RsyncRow(1.2));
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
