package mo.farol.store;

import java.io.IOException;
import java.util.Arrays;
import mo.farol.event.Scope;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.DocIdSetIterator;
import org.jspecify.annotations.Nullable;

/**
 * How many events of each severity a segment has, by agency and minute: a histogram over everything
 * adds these up and looks at no event.
 */
final class MinuteTable {
  static final long MINUTE_MICROS = 60_000_000;

  /** A segment with a wrong clock in it may span years; so many minutes at most are kept. */
  private static final int MOST_MINUTES = 4 * 24 * 60;

  static final int SEVERITIES = 8;

  private final long firstMinute;
  private final String[] agencies;
  private final int[][] counts;

  private MinuteTable(long firstMinute, String[] agencies, int[][] counts) {
    this.firstMinute = firstMinute;
    this.agencies = agencies;
    this.counts = counts;
  }

  /** Counts the events of a segment; null where its times lie too far apart to be kept so. */
  static @Nullable MinuteTable of(LeafReader reader) throws IOException {
    var span = reader.getDocValuesSkipper(Layout.TIME);
    var agencies = reader.getSortedSetDocValues(Layout.FACET + Layout.AGENCY);
    if (span == null || agencies == null) {
      return null;
    }
    long first = Math.floorDiv(span.minValue(), MINUTE_MICROS);
    long minutes = Math.floorDiv(span.maxValue(), MINUTE_MICROS) - first + 1;
    if (minutes > MOST_MINUTES) {
      return null;
    }
    int[][] counts = new int[(int) agencies.getValueCount()][(int) minutes * SEVERITIES];
    var times = DocValues.getNumeric(reader, Layout.TIME);
    var severities = DocValues.getNumeric(reader, Layout.SEVERITY);
    for (int doc = agencies.nextDoc();
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = agencies.nextDoc()) {
      times.advanceExact(doc);
      severities.advanceExact(doc);
      int minute = (int) (Math.floorDiv(times.longValue(), MINUTE_MICROS) - first);
      counts[(int) agencies.nextOrd()][minute * SEVERITIES + (int) severities.longValue()]++;
    }
    return new MinuteTable(first, names(reader), counts);
  }

  private static String[] names(LeafReader reader) throws IOException {
    var values = reader.getSortedSetDocValues(Layout.FACET + Layout.AGENCY);
    String[] names = new String[values == null ? 0 : (int) values.getValueCount()];
    for (int i = 0; values != null && i < names.length; i++) {
      names[i] = values.lookupOrd(i).utf8ToString();
    }
    return names;
  }

  /** Is given what a minute has of a severity. */
  interface Sum {
    void add(long minute, int severity, int count);
  }

  /**
   * Gives what lies in a range of minutes since 1970.
   *
   * @param toMinute exclusive
   */
  void each(Scope scope, long fromMinute, long toMinute, Sum sum) {
    for (int agency = 0; agency < agencies.length; agency++) {
      if (!scope.sees(agencies[agency])) {
        continue;
      }
      int[] of = counts[agency];
      int from = Math.clamp(fromMinute - firstMinute, 0, of.length / SEVERITIES);
      int to = Math.clamp(toMinute - firstMinute, 0, of.length / SEVERITIES);
      for (int i = from * SEVERITIES; i < to * SEVERITIES; i++) {
        if (of[i] > 0) {
          sum.add(firstMinute + i / SEVERITIES, i % SEVERITIES, of[i]);
        }
      }
    }
  }

  /** Bytes it takes in memory, about. */
  long bytes() {
    return Arrays.stream(counts).mapToLong(of -> 16 + 4L * of.length).sum() + 128;
  }
}
