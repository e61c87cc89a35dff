package mo.farol.store;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import mo.farol.event.Scope;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.jspecify.annotations.Nullable;

/**
 * How many events of each severity a segment has, by agency and second, or ten, or minute, as wide
 * as its time asks for: a histogram over everything adds these up and looks at no event.
 */
final class TimeCounts {
  static final int SEVERITIES = 8;

  private static final long[] UNITS_MICROS = {1_000_000, 10_000_000, 60_000_000};

  /** A segment with a wrong clock in it may span years; so many units at most are kept. */
  private static final int MOST_UNITS = 4 * 24 * 60;

  private static final long MOST_BYTES = 4L << 20;
  private static final int CHECK = (1 << 16) - 1;

  private final long unitMicros;
  private final long first;
  private final int units;
  private final String[] agencies;
  // By agency and severity, where there is any such event.
  private final int[] @Nullable [] counts;

  private TimeCounts(long unitMicros, long first, int units, String[] agencies) {
    this.unitMicros = unitMicros;
    this.first = first;
    this.units = units;
    this.agencies = agencies;
    this.counts = new int[agencies.length * SEVERITIES][];
  }

  /** What the counts of a segment are by; 0 where its times lie too far apart to be kept so. */
  static long unitMicros(LeafReader reader) throws IOException {
    var span = reader.getDocValuesSkipper(Layout.TIME);
    for (long unit : UNITS_MICROS) {
      if (span != null && units(span.minValue(), span.maxValue(), unit) <= MOST_UNITS) {
        return unit;
      }
    }
    return 0;
  }

  private static long units(long first, long last, long unit) {
    return Math.floorDiv(last, unit) - Math.floorDiv(first, unit) + 1;
  }

  /**
   * Counts the events of a segment that has a {@link #unitMicros}; null where they would take too
   * much memory, or the deadline came first.
   */
  static @Nullable TimeCounts of(LeafReader reader, Deadline deadline) throws IOException {
    var agencies = reader.getSortedSetDocValues(Layout.FACET + Layout.AGENCY);
    if (agencies == null) {
      return null;
    }
    long unit = unitMicros(reader);
    var span = Objects.requireNonNull(reader.getDocValuesSkipper(Layout.TIME));
    int units = (int) units(span.minValue(), span.maxValue(), unit);
    var made = new TimeCounts(unit, Math.floorDiv(span.minValue(), unit), units, names(agencies));
    return made.count(reader, agencies, deadline) ? made : null;
  }

  private boolean count(LeafReader reader, SortedSetDocValues agencies, Deadline deadline)
      throws IOException {
    var times = DocValues.getNumeric(reader, Layout.TIME);
    var severities = DocValues.getNumeric(reader, Layout.SEVERITY);
    for (int doc = agencies.nextDoc();
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = agencies.nextDoc()) {
      if ((doc & CHECK) == 0 && deadline.isOver()) {
        return false;
      }
      times.advanceExact(doc);
      severities.advanceExact(doc);
      int column = (int) agencies.nextOrd() * SEVERITIES + (int) severities.longValue();
      var of = counts[column];
      if (of == null) {
        if (bytes() > MOST_BYTES) {
          return false;
        }
        of = new int[units];
        counts[column] = of;
      }
      of[(int) (Math.floorDiv(times.longValue(), unitMicros) - first)]++;
    }
    return true;
  }

  private static String[] names(SortedSetDocValues values) throws IOException {
    String[] names = new String[(int) values.getValueCount()];
    for (int i = 0; i < names.length; i++) {
      names[i] = values.lookupOrd(i).utf8ToString();
    }
    return names;
  }

  /** Is given what a unit that begins at an instant has of a severity. */
  interface Sum {
    void add(long micros, int severity, int count);
  }

  /**
   * Gives what lies in a range of time that begins and ends with a unit.
   *
   * @param toMicros exclusive
   */
  void each(Scope scope, long fromMicros, long toMicros, Sum sum) {
    int from = Math.clamp(fromMicros / unitMicros - first, 0, units);
    int to = Math.clamp(toMicros / unitMicros - first, 0, units);
    for (int column = 0; column < counts.length; column++) {
      var of = counts[column];
      if (of == null || !scope.sees(agencies[column / SEVERITIES])) {
        continue;
      }
      for (int i = from; i < to; i++) {
        if (of[i] > 0) {
          sum.add((first + i) * unitMicros, column % SEVERITIES, of[i]);
        }
      }
    }
  }

  /** Bytes it takes in memory, about. */
  long bytes() {
    long columns = Arrays.stream(counts).filter(Objects::nonNull).count();
    return 256 + 8L * counts.length + columns * (16 + 4L * units);
  }
}
