package dev.gatehouse.bench;

import java.io.IOException;
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
    var results = new ArrayList<Comparison>();
    var alone = new ArrayList<String>();
    try (var gateway = new GatewayUnderTest();
        var jump = new JumpHost()) {
      for (var row : rows) {
        var result = compare(row, gateway, jump);
        System.out.println(result.line());
        results.add(result);
      }
    }
    if (WANTED.matcher(StartShare.NAME).find()) {
      var share = StartShare.measure();
      System.out.println(share);
      alone.add(share);
    }
    if (WANTED.matcher(LdapShare.NAME).find()) {
      var share = LdapShare.measure();
      System.out.println(share);
      alone.add(share);
    }
    var out = System.getProperty("bench.out", "");
    if (!out.isEmpty()) {
      write(Path.of(out), results, alone);
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
    rows.add(new LoginsRow(1, 3));
    rows.add(new LoginsRow(16, 3));
    rows.add(new MemoryRow(100, 1.0 / 20));
    return rows;
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

  private static void write(Path page, List<Comparison> results, List<String> alone)
      throws IOException {
    Files.writeString(page, Report.replaceTable(Files.readString(page), results, alone));
  }
}
