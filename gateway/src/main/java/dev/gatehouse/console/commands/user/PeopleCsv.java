package dev.gatehouse.console.commands.user;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.text.Plural;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** People in CSV (RFC 4180), as spreadsheets of all countries write it. */
final class PeopleCsv {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setIgnoreEmptyLines(true)
          .setIgnoreSurroundingSpaces(true)
          .setRecordSeparator('\n')
          .get();

  /** Where the comma separates decimals, spreadsheets write semicolons. */
  private static final List<Character> DELIMITERS = List.of(',', ';', '\t');

  /** By which spreadsheets tell each other the delimiter. */
  private static final Pattern SEP = Pattern.compile("\"?sep=([,;\t])\"?\n");

  /** Around a cell they are invisible: cells copied from web pages have them. */
  private static final Pattern BLANKS =
      Pattern.compile("^[\\h\\u200b\\ufeff]+|[\\h\\u200b\\ufeff]+$");

  private final String text;
  private final List<FiledPerson.Mistake> mistakes;
  private final List<FiledPerson> people = new ArrayList<>();

  /** Up to where line feeds were counted; from the beginning for each person would take minutes. */
  private int counted;

  private int lines;

  private PeopleCsv(String text, List<FiledPerson.Mistake> mistakes) {
    this.text = text;
    this.mistakes = mistakes;
  }

  /**
   * @param text its lines end in {@code \n}
   * @param mistakes gets the lines that are not like the first one
   * @throws UserError if the text is no CSV, or its first line does not name columns
   */
  static List<FiledPerson> read(String text, List<FiledPerson.Mistake> mistakes) {
    var csv = new PeopleCsv(text, mistakes);
    csv.read();
    return csv.people;
  }

  static List<String> write(List<FiledPerson> people) {
    var header = Stream.of(PeopleColumn.values()).map(PeopleColumn::word);
    var rows =
        people.stream()
            .map(p -> FORMAT.format(Stream.of(PeopleColumn.values()).map(p::cell).toArray()));
    return Stream.concat(Stream.of(FORMAT.format(header.toArray())), rows)
        .flatMap(String::lines)
        .toList();
  }

  private void read() {
    var format = FORMAT.builder().setDelimiter(delimiter()).get();
    try (var parser =
        CSVParser.builder().setReader(new StringReader(text)).setFormat(format).get()) {
      try {
        var records = parser.iterator();
        if (SEP.matcher(text).lookingAt()) {
          records.next();
        }
        var header = List.<String>of();
        while (header.isEmpty() && records.hasNext()) {
          header = cells(records.next());
        }
        if (header.isEmpty()) {
          throw new UserError(ExitCode.DATAERR, "the file is empty");
        }
        var columns = columns(header);
        records.forEachRemaining(r -> person(r, columns));
      } catch (UncheckedIOException e) {
        throw malformed(parser.getCurrentLineNumber(), e);
      }
    } catch (IOException e) {
      throw new AssertionError("a string is always readable", e);
    }
  }

  private char delimiter() {
    var sep = SEP.matcher(text);
    if (sep.lookingAt()) {
      return sep.group(1).charAt(0);
    }
    var header = text.lines().filter(l -> !l.isBlank()).findFirst().orElse("");
    return DELIMITERS.stream().filter(d -> header.indexOf(d) >= 0).findFirst().orElse(',');
  }

  /** Without empty ones at the end: Excel writes all columns that somebody ever touched. */
  private static List<String> cells(CSVRecord record) {
    var cells = record.stream().map(cell -> BLANKS.matcher(cell).replaceAll("")).toList();
    while (!cells.isEmpty() && cells.getLast().isBlank()) {
      cells = cells.subList(0, cells.size() - 1);
    }
    return cells;
  }

  private static List<PeopleColumn> columns(List<String> header) {
    var unknown = header.stream().filter(w -> PeopleColumn.of(w).isEmpty()).toList();
    var columns = header.stream().flatMap(w -> PeopleColumn.of(w).stream()).toList();
    if (!unknown.isEmpty()
        || !columns.contains(PeopleColumn.USER)
        || columns.stream().distinct().count() < columns.size()) {
      throw new UserError(
          ExitCode.DATAERR,
          "the first line must name the columns, each once, user among them; there are: %s%s"
              .formatted(
                  PeopleColumn.all(),
                  unknown.isEmpty() ? "" : "; not " + Quote.of(unknown.getFirst())));
    }
    return columns;
  }

  private void person(CSVRecord record, List<PeopleColumn> columns) {
    var cells = new EnumMap<PeopleColumn, String>(PeopleColumn.class);
    for (var i = 0; i < Math.min(columns.size(), record.size()); i++) {
      cells.put(columns.get(i), BLANKS.matcher(record.get(i)).replaceAll(""));
    }
    var filled = cells(record).size();
    var person = new FiledPerson(line(record), cells);
    if (record.size() >= columns.size() && filled <= columns.size()) {
      if (filled > 0) {
        people.add(person);
      }
    } else {
      mistakes.add(
          person.mistake(
              "it has %s, the first line %d"
                  .formatted(
                      Plural.of(record.size() < columns.size() ? record.size() : filled, "cell"),
                      columns.size())));
    }
  }

  /** Where it begins: the library says where it ends, and counts empty lines in front to it. */
  private int line(CSVRecord record) {
    var from = (int) record.getCharacterPosition();
    while (from < text.length() && text.charAt(from) == '\n') {
      from++;
    }
    for (; counted < from; counted++) {
      lines += text.charAt(counted) == '\n' ? 1 : 0;
    }
    return 1 + lines;
  }

  private static UserError malformed(long line, UncheckedIOException e) {
    IOException cause = e.getCause();
    var why = cause == null ? "it cannot be read" : String.valueOf(cause.getMessage());
    return new UserError(
        ExitCode.DATAERR,
        "line %d: a quotation mark is not closed, or stands inside of a cell (%s)"
            .formatted(line, Quote.plain(why)));
  }
}
