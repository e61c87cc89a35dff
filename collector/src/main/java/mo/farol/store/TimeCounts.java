package mo.farol.store;

import java.io.IOException;
import java.util.Arrays;
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

  private final long unitMicros;
  private final long first;
  private final String[] agencies;
  private final int[][] counts;

  private TimeCounts(long unitMicros, long first, String[] agencies, int[][] counts) {
    this.unitMicros = unitMicros;
    this.first = first;
    this.agencies = agencies;
    this.counts = counts;
  }

  /** Counts the events of a segment; null where its times lie too far apart to be kept so. */
  static @Nullable TimeCounts of(LeafReader reader) throws IOException {
    var span = reader.getDocValuesSkipper(Layout.TIME);
    var agencies = reader.getSortedSetDocValues(Layout.FACET + Layout.AGENCY);
    if (span == null || agencies == null) {
      return null;
    }
    for (long unit : UNITS_MICROS) {
      long first = Math.floorDiv(span.minValue(), unit);
      long units = Math.floorDiv(span.maxValue(), unit) - first + 1;
      if (units <= MOST_UNITS) {
        return new TimeCounts(
            unit, first, names(agencies), count(reader, agencies, unit, first, (int) units));
      }
    }
    return null;
  }

  private static int[][] count(
      LeafReader reader, SortedSetDocValues agencies, long unit, long first, int units)
      throws IOException {
    int[][] counts = new int[(int) agencies.getValueCount()][units * SEVERITIES];
    var times = DocValues.getNumeric(reader, Layout.TIME);
    var severities = DocValues.getNumeric(reader, Layout.SEVERITY);
    for (int doc = agencies.nextDoc();
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = agencies.nextDoc()) {
      times.advanceExact(doc);
      severities.advanceExact(doc);
      int at = (int) (Math.floorDiv(times.longValue(), unit) - first);
      counts[(int) agencies.nextOrd()][at * SEVERITIES + (int) severities.longValue()]++;
    }
    return counts;
  }

  private static String[] names(SortedSetDocValues values) throws IOException {
    String[] names = new String[(int) values.getValueCount()];
    for (int i = 0; i < names.length; i++) {
      names[i] = values.lookupOrd(i).utf8ToString();
    }
    return names;
  }

  /** What the counts are by; a bin that is a multiple of it can be told from them. */
  long unitMicros() {
    return unitMicros;
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
    for (int agency = 0; agency < agencies.length; agency++) {
      if (!scope.sees(agencies[agency])) {
        continue;
      }
      int[] of = counts[agency];
      int from = Math.clamp(fromMicros / unitMicros - first, 0, of.length / SEVERITIES);
      int to = Math.clamp(toMicros / unitMicros - first, 0, of.length / SEVERITIES);
      for (int i = from * SEVERITIES; i < to * SEVERITIES; i++) {
        if (of[i] > 0) {
          sum.add((first + i / SEVERITIES) * unitMicros, i % SEVERITIES, of[i]);
        }
      }
    }
  }

  /** Bytes it takes in memory, about. */
  long bytes() {
    return Arrays.stream(counts).mapToLong(of -> 16 + 4L * of.length).sum() + 128;
  }
}
