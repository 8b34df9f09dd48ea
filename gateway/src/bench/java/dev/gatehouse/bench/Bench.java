package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
    var page = new Page();
    if (!rows.isEmpty()) {
      try (var gateway = new GatewayUnderTest();
          var jump = new JumpHost();
          var direct = new DirectSshd()) {
        for (var row : rows) {
          var other = row.isAgainstDirect() ? direct : jump;
          page.add(row.name(), () -> compare(row, gateway, other));
        }
      }
    }
    for (var part : parts) {
      page.add(part.name(), part::measure);
    }
    if (WANTED.matcher(CipherSpeed.NAME).find()) {
      CipherSpeed.lines().forEach(System.out::println);
    }
    var out = System.getProperty("bench.out", "");
    if (!out.isEmpty()) {
      page.write(Path.of(out));
    }
    if (page.hasFailed()) {
      System.exit(1); // what has failed half-way may have left threads that run on
    }
  }

  /** What has been measured so far; one that fails does not take the others with it. */
  private static final class Page {
    private final List<String> lines = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private boolean failed;

    void add(String name, Callable<Part.Outcome> measurement) throws InterruptedException {
      try {
        var outcome = measurement.call();
        outcome.rows().forEach(Bench::tell);
        outcome.remarks().forEach(Bench::tell);
        lines.addAll(outcome.rows());
        remarks.addAll(outcome.remarks());
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception | AssertionError e) {
        var line = "| %s | failed: %s | | | | |".formatted(name, firstLine(e));
        tell(line);
        lines.add(line);
        e.printStackTrace();
        failed = true;
      }
    }

    void write(Path page) throws IOException {
      Files.writeString(page, Report.replaceTable(Files.readString(page), lines, remarks));
    }

    boolean hasFailed() {
      return failed;
    }

    private static String firstLine(Throwable e) {
      return e.toString().lines().findFirst().orElse("");
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
    for (var busy : List.of(false, true)) {
      rows.add(new EchoRow(50, busy, true, 1.2));
      rows.add(new EchoRow(99, busy, true, 1.5));
      rows.add(new EchoRow(50, busy, false, 1));
      rows.add(new EchoRow(99, busy, false, 1));
    }
    for (var clients : List.of(1, 16)) {
      rows.add(new LoginsRow(clients, false, 3));
    }
    rows.add(new LoginsRow(16, true, 1.0 / 3));
    return rows;
  }

  private static List<Part> parts() {
    return List.of(
        new IdlePart(),
        new BusyPart(),
        new FirstLoginPart(),
        new StartShare(),
        new LdapShare(),
        new PeopleShare());
  }

  /** Turns of each that do not count, then A B A B …. */
  private static Part.Outcome compare(Row row, Contender gateway, Contender other)
      throws Exception {
    var warmUp = row.warmUp();
    for (var i = 0; i < row.warmUps(); i++) {
      warmUp.run(gateway);
      warmUp.run(other);
    }
    var ours = new ArrayList<Row.Sample>();
    var theirs = new ArrayList<Row.Sample>();
    for (var i = 0; i < row.rounds(); i++) {
      ours.add(row.run(gateway));
      theirs.add(row.run(other));
    }
    var comparison = new Comparison(new Series(row, ours), new Series(row, theirs));
    return new Part.Outcome(List.of(comparison.line()), List.of());
  }
}
