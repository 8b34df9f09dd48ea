package dev.gatehouse.directory.ldif;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.TextFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A tree of entries in an LDIF file (RFC 2849), read strictly. */
public final class LdifFile {
  public static final int MAX_BYTES = 64 << 20;

  private LdifFile() {}

  /**
   * An entry and where it begins.
   *
   * @param line of its {@code dn:}, from 1
   */
  public record Placed(Entry entry, int line) {}

  /**
   * @throws UserError if the file cannot be read ({@link ExitCode#NOINPUT}) or is no LDIF of
   *     entries ({@link ExitCode#DATAERR})
   */
  public static List<Placed> read(Path file) {
    var text = TextFile.read(file, "directory file", MAX_BYTES, ExitCode.DATAERR);
    var entries = parse(text, (line, what) -> error(file, line, what));
    if (entries.isEmpty()) {
      throw error(file, 1, "the file holds no entries");
    }
    return entries;
  }

  /** How a mistake in a text is told. */
  interface Mistakes {
    UserError at(long line, String what);
  }

  /**
   * @throws UserError as it is told, if the text is no LDIF of entries
   */
  static List<Placed> parse(String text, Mistakes mistakes) {
    var lines = LdifLines.of(text);
    lines.stream()
        .filter(LdifLines.Line::readsAnotherFile)
        .findFirst()
        .ifPresent(
            l -> {
              throw mistakes.at(l.number(), "a value may not be read from another file (':<')");
            });
    LdifRecords.requireSeparated(lines, mistakes);
    var places = lines.stream().filter(LdifLines.Line::beginsEntry).toList();
    return zip(entries(text, mistakes), places);
  }

  public static UserError error(Path file, long line, String what) {
    return new UserError(
        ExitCode.DATAERR, "%s:%d: %s".formatted(Quote.path(file), line, Quote.plain(what)));
  }

  private static List<Entry> entries(String text, Mistakes mistakes) {
    var entries = new ArrayList<Entry>();
    try (var in = new LDIFReader(new BufferedReader(new StringReader(text)))) {
      for (var entry = in.readEntry(); entry != null; entry = in.readEntry()) {
        entries.add(entry);
      }
      return entries;
    } catch (LDIFException e) {
      throw mistakes.at(e.getLineNumber(), message(e));
    } catch (IOException e) {
      throw new AssertionError("a string is always readable", e);
    }
  }

  /** What the library found wrong, and where its text begins. */
  private static String message(LDIFException e) {
    var lines = e.getDataLines();
    var begin = lines == null || lines.isEmpty() ? "" : " " + Quote.of(lines.getFirst());
    return e.getMessage() + begin;
  }

  private static List<Placed> zip(List<Entry> entries, List<LdifLines.Line> places) {
    var placed = new ArrayList<Placed>();
    for (var i = 0; i < entries.size(); i++) {
      var line = i < places.size() ? places.get(i).number() : places.getLast().number();
      placed.add(new Placed(entries.get(i), line));
    }
    return placed;
  }
}
