package mo.farol.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Days that are made again, and those that were: kept in a file beside the checkpoint, so that a
 * restart in between forgets neither. One thread changes them, any reads.
 */
final class Mendings {
  private static final Logger LOG = LoggerFactory.getLogger(Mendings.class);
  private static final String FILE = "mendings";
  private static final int MOST = 50;
  private static final int PARTS = 11;
  private static final long NOT_YET = -1;

  /**
   * One day.
   *
   * @param was as it was known by the checkpoint
   * @param rebuilt rows it has again; less than 0 while it is under way
   * @param upTo every event from this sequence on comes to all days alike
   * @param until of the events before, those from this sequence on were not the day's
   */
  record Mend(
      Checkpoint.Day was, Instant foundAt, String aside, long rebuilt, long upTo, long until) {
    boolean isDone() {
      return rebuilt != NOT_YET;
    }

    /** Rows it had and has not again; 0 as long as it is under way. */
    long missing() {
      return isDone() ? Math.max(0, was.rows() - rebuilt) : 0;
    }

    Mend withHad(long had) {
      return new Mend(
          new Checkpoint.Day(
              was.name(), had, was.first(), was.last(), was.fromMicros(), was.toMicros()),
          foundAt,
          aside,
          rebuilt,
          upTo,
          until);
    }

    Mend withRebuilt(long rows) {
      return new Mend(was, foundAt, aside, rows, upTo, until);
    }

    Mend withAside(String name) {
      return new Mend(was, foundAt, name, rebuilt, upTo, until);
    }

    private String line() {
      return "%s %s %s %d %d %d"
          .formatted(was.line(), foundAt, aside.isEmpty() ? "-" : aside, rebuilt, upTo, until);
    }

    private static Mend read(String line) {
      String[] parts = line.split(" ", -1);
      return new Mend(
          Checkpoint.Day.read(String.join(" ", List.of(parts).subList(0, 6))),
          Instant.parse(parts[6]),
          parts[7].equals("-") ? "" : parts[7],
          Long.parseLong(parts[8]),
          Long.parseLong(parts[9]),
          Long.parseLong(parts[10]));
    }
  }

  /** Tells how many rows below a sequence a day has. */
  interface Rows {
    long of(String day, long below) throws IOException;
  }

  private final Path folder;
  private volatile List<Mend> all;

  private Mendings(Path folder, List<Mend> all) {
    this.folder = folder;
    this.all = List.copyOf(all);
  }

  /** Reads those of a folder; a line that can't be read is passed over. */
  static Mendings read(Path folder) throws IOException {
    var all = new ArrayList<Mend>();
    try {
      for (String line : Files.readAllLines(folder.resolve(FILE))) {
        try {
          if (line.split(" ", -1).length == PARTS) {
            all.add(Mend.read(line));
          }
        } catch (NumberFormatException | DateTimeException e) {
          LOG.warn("{} of {} has a line that can't be read", FILE, folder);
        }
      }
    } catch (NoSuchFileException | java.nio.charset.MalformedInputException e) {
      // then there are none
    }
    return new Mendings(folder, all);
  }

  /** All that are known, the oldest first. */
  List<Mend> all() {
    return all;
  }

  boolean isUnderWay() {
    return all.stream().anyMatch(mend -> !mend.isDone());
  }

  /** How many days that are made again may have events in a range of time. */
  int underWay(long fromMicros, long toMicros) {
    return (int)
        all.stream()
            .filter(mend -> !mend.isDone() && mend.was().overlaps(fromMicros, toMicros))
            .count();
  }

  /** Takes note that a day is to be made again, unless it is already; gives what it was. */
  Checkpoint.Day begin(Checkpoint.Day was, String aside, Instant now, long next)
      throws IOException {
    var known =
        all.stream().filter(m -> !m.isDone() && m.was().name().equals(was.name())).findFirst();
    if (known.isPresent()) {
      return known.get().was();
    }
    long upTo = Math.max(next, upTo());
    long until = was.last() < upTo ? was.last() + 1 : upTo;
    var more = new ArrayList<>(all);
    more.add(new Mend(was, now, aside, NOT_YET, upTo, until));
    keep(remembered(more));
    return was;
  }

  // Only of those that are done the oldest are forgotten: what a day under way needs would not be
  // read again.
  private static List<Mend> remembered(List<Mend> all) {
    long forgotten = all.stream().filter(Mend::isDone).count() - MOST;
    var some = new ArrayList<Mend>();
    for (var mend : all) {
      if (!mend.isDone() || forgotten-- <= 0) {
        some.add(mend);
      }
    }
    return some;
  }

  /** Where to read on from here: behind what no day that is made again needs. */
  long skip(long next) {
    long until = all.stream().filter(m -> !m.isDone()).mapToLong(Mend::until).max().orElse(0);
    return next >= until ? Math.max(next, upTo()) : next;
  }

  /** Takes note that rows of a day were removed for good. */
  void forgot(String day, long rows) throws IOException {
    if (isUnderWay(day)) {
      change(
          mend ->
              mend.isDone() || !mend.was().name().equals(day)
                  ? mend
                  : mend.withHad(Math.max(0, mend.was().rows() - rows)));
    }
  }

  /** Ends those of which everything below a sequence was read and is durable. */
  void finish(long next, Rows rows) throws IOException {
    if (!isUnderWay() || next < upTo()) {
      return;
    }
    var done = new ArrayList<Mend>();
    for (var mend : all) {
      done.add(mend.isDone() ? mend : finished(mend, rows.of(mend.was().name(), mend.upTo())));
    }
    keep(done);
  }

  private Mend finished(Mend mend, long rows) {
    LOG.info(
        "the index of {} was made again: {} events of {}",
        mend.was().name(),
        rows,
        mend.was().rows() < 0 ? "an unknown number" : mend.was().rows());
    var done = mend.withRebuilt(rows);
    boolean isKept = mend.aside().isEmpty() || mend.was().rows() < 0 || done.missing() > 0;
    return isKept ? done : withoutRemains(done);
  }

  // Nothing but what is there again lay in it, or was removed for good since.
  private Mend withoutRemains(Mend done) {
    try {
      Leftovers.delete(folder.resolve(done.aside()));
      return done.withAside("");
    } catch (IOException e) {
      LOG.warn("cannot remove {} of {}: {}", done.aside(), folder, e.toString());
      return done;
    }
  }

  private boolean isUnderWay(String day) {
    return all.stream().anyMatch(mend -> !mend.isDone() && mend.was().name().equals(day));
  }

  /** Where all that is under way goes on alike; 0 where nothing is. */
  long upTo() {
    return all.stream().filter(m -> !m.isDone()).mapToLong(Mend::upTo).max().orElse(0);
  }

  private void change(UnaryOperator<Mend> change) throws IOException {
    keep(all.stream().map(change).toList());
  }

  private void keep(List<Mend> fresh) throws IOException {
    Checkpoint.write(folder, FILE, fresh.stream().map(Mend::line).toList());
    all = List.copyOf(fresh);
  }
}
