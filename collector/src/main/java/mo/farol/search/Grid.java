package mo.farol.search;

import java.time.Duration;
import java.time.Instant;
import mo.farol.event.Micros;

/**
 * Bins of one width that cover a range of time.
 *
 * @param fromMicros start of the first, a multiple of the width
 * @param widthMicros width of each
 * @param count how many
 */
record Grid(long fromMicros, long widthMicros, int count) {
  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long[] WIDTHS = {
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    28 * DAY,
    91 * DAY,
    364 * DAY
  };

  /** The narrowest readable width that needs no more bins than wished for. */
  static Grid of(Instant from, Instant to, int bins) {
    long first = Cursor.micros(from);
    long last = Math.max(Cursor.micros(to), first + 1);
    for (long width : WIDTHS) {
      var grid = over(first, last, width);
      if (grid.count <= bins) {
        return grid;
      }
    }
    long widest = WIDTHS[WIDTHS.length - 1];
    return over(first, last, ((last - first) / bins / widest + 2) * widest);
  }

  Duration width() {
    return Duration.ofNanos(widthMicros * 1000);
  }

  Instant at(int bin) {
    return Micros.toInstant(fromMicros + bin * widthMicros);
  }

  private static Grid over(long first, long last, long width) {
    long start = Math.floorDiv(first, width) * width;
    long count = Math.ceilDiv(last - start, width);
    return new Grid(start, width, (int) Math.min(count, Integer.MAX_VALUE));
  }
}
