package mo.farol.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import mo.farol.disk.AtomicFile;

/**
 * How far all days together have come: written after every day that had changed was committed, so a
 * replay from {@code next} misses nothing. Each day's own commit says which of those events it has,
 * so nothing is doubled either.
 *
 * @param next sequence of the first event that some day may lack
 * @param days days that existed; one that is gone is made again
 */
record Checkpoint(long next, List<Day> days) {
  static final String FILE = "checkpoint";

  /**
   * What is known of a day without opening it.
   *
   * @param rows it has, less than 0 where that is not known
   * @param first sequence of its first row by that
   * @param last sequence of its last
   * @param fromMicros time of its earliest row
   * @param toMicros time of its latest
   */
  record Day(String name, long rows, long first, long last, long fromMicros, long toMicros) {
    private static final int PARTS = 6;

    /** One of which only the name is known. */
    static Day named(String name) {
      return new Day(name, -1, 0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** One that came after a sequence. */
    static Day since(String name, long first) {
      return new Day(name, -1, first, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Whether a row may lie in a range of time, its end left out. */
    boolean overlaps(long from, long to) {
      return fromMicros < to && toMicros >= from;
    }

    static Day read(String line) {
      String[] parts = line.split(" ", -1);
      return parts.length == PARTS
          ? new Day(
              parts[0],
              Long.parseLong(parts[1]),
              Long.parseLong(parts[2]),
              Long.parseLong(parts[3]),
              Long.parseLong(parts[4]),
              Long.parseLong(parts[5]))
          : named(parts[0]);
    }

    String line() {
      return "%s %d %d %d %d %d".formatted(name, rows, first, last, fromMicros, toMicros);
    }
  }

  Checkpoint {
    days = List.copyOf(days);
  }

  /** What it says of a day; empty where it names none such. */
  Optional<Day> day(String name) {
    return days.stream().filter(day -> day.name().equals(name)).findFirst();
  }

  /** Reads the file of a folder; one that is absent or damaged says "from the beginning". */
  static Checkpoint read(Path folder) throws IOException {
    try {
      var lines = Files.readAllLines(folder.resolve(FILE));
      long next = Long.parseLong(lines.getFirst());
      return new Checkpoint(next, lines.stream().skip(1).map(Day::read).toList());
    } catch (NoSuchFileException
        | java.nio.charset.MalformedInputException
        | NumberFormatException
        | NoSuchElementException e) {
      return new Checkpoint(0, List.of());
    }
  }

  /** Replaces the file of a folder; on disk when this returns. */
  void write(Path folder) throws IOException {
    var lines = new ArrayList<String>();
    lines.add(Long.toString(next));
    days.forEach(day -> lines.add(day.line()));
    write(folder, FILE, lines);
  }

  /** Replaces a file of lines; on disk when this returns. */
  static void write(Path folder, String name, List<String> lines) throws IOException {
    String text = String.join("\n", lines) + '\n';
    AtomicFile.replace(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }
}
