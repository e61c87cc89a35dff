package mo.farol.window;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** All windows of one agency and lane, and how far its event time has come. */
final class Lane {
  /** Whose windows these are; drill data has its own. */
  record Key(String agency, String lane, boolean exercise) {}

  private final Key key;
  private final WindowConfig config;
  private final Counts counts;
  private final Map<CompiledCorrelation, Table> tables = new LinkedHashMap<>();
  private long watermark = Long.MIN_VALUE / 2;
  private boolean idle;
  private boolean touched;
  private Instant stillSince = Instant.MAX;

  Lane(Key key, WindowConfig config, Counts counts) {
    this.key = key;
    this.config = config;
    this.counts = counts;
  }

  void take(CompiledCorrelation rule, Hit hit, Report out) {
    idle = false;
    touched = true;
    watermark = Math.max(watermark, hit.at());
    tables.computeIfAbsent(rule, each -> new Table(each, this, config)).take(hit, counts, out);
  }

  /**
   * Hands out what is owed and lets go of what is over.
   *
   * @param time live lanes have come at least so far; a replayed one goes by its own events
   * @param all everything owed, whatever its pace
   */
  void flush(long time, boolean all, Report out) {
    watermark = key.lane().isEmpty() ? Math.max(watermark, time) : watermark;
    for (Table table : tables.values()) {
      table.settle(watermark, all || idle, out);
      table.expire(watermark, counts, out);
    }
    idle = true;
  }

  /** Hands out everything owed and lets go of every group. */
  void close(Report out) {
    tables.values().forEach(table -> table.expire(Long.MAX_VALUE / 2, counts, out));
  }

  /** Whether this import has had nothing for so long; asked now and then. */
  boolean isStill(Instant now, Duration span) {
    if (touched || stillSince.isAfter(now)) {
      stillSince = now;
    }
    touched = false;
    return !key.lane().isEmpty() && !now.isBefore(stillSince.plus(span));
  }

  /** Nothing in it. */
  boolean isEmpty() {
    return tables.values().stream().allMatch(table -> table.size() == 0);
  }

  Key key() {
    return key;
  }

  long watermark() {
    return watermark;
  }
}
