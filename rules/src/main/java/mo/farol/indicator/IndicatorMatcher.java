package mo.farol.indicator;

import java.util.function.Supplier;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * Looks for indicators in events, on their bytes; makes nothing but hits. Keeps scratch, so one
 * thread. Each event is matched against the set that is current when it comes, for its own time and
 * its own agency.
 */
public final class IndicatorMatcher {
  /** Hits of one event that are handed out; further ones are counted in {@link #cut}. */
  public static final int MOST_HITS = 256;

  private final Supplier<IndicatorSet> current;
  private final Look look = new Look();
  private final Look.Found found = this::found;
  private final int[] seenEntries = new int[MOST_HITS];
  private final int[] seenPlaces = new int[MOST_HITS]; // field << 4 | kind
  private int seen;
  private long muted;
  private long cut;

  private IndicatorSet set = IndicatorSet.empty();
  private EventBatch batch = new EventBatch();
  private int event;
  private int pair;
  private @Nullable IndicatorHits out;

  /** Matches against what the supplier gives, asked for every event. */
  public IndicatorMatcher(Supplier<IndicatorSet> current) {
    this.current = current;
  }

  /** Hands out every indicator that is seen in event {@code i} of a batch, muted ones left out. */
  public void match(EventBatch events, int i, IndicatorHits hits) {
    set = current.get();
    batch = events;
    event = i;
    out = hits;
    seen = 0;
    for (int k = events.from(i); k < events.to(i); k++) {
      var reading = FieldReadings.of(events.field(k));
      if (reading != FieldReadings.Reading.NONE) {
        pair = k;
        int from = events.start(k);
        look.at(reading, events.bytes(k), from, from + events.length(k), set, found);
      }
    }
  }

  /** Times a muted indicator was seen, since the beginning. */
  public long muted() {
    return muted;
  }

  /** Hits past {@value #MOST_HITS} of one event, since the beginning. */
  public long cut() {
    return cut;
  }

  private void found(Kind kind, int entry) {
    String agency = batch.origin().agency();
    long at = batch.occurredAtMicros(event);
    if (!set.counts(kind, entry, agency, at) || isKnown(kind, entry)) {
      return;
    }
    if (seen == MOST_HITS) {
      cut++;
      return;
    }
    seenEntries[seen] = entry;
    seenPlaces[seen++] = place(kind);
    if (set.shelf(kind).muted(entry) >= 0) {
      muted++;
      return;
    }
    var indicator = set.indicator(kind, entry, agency, at);
    if (indicator != null && out != null) {
      String field = Fields.name(batch.field(pair));
      out.hit(
          new IndicatorHit(
              indicator,
              field,
              batch.text(pair),
              batch.sequence(event),
              agency,
              Micros.toInstant(at)));
    }
  }

  private int place(Kind kind) {
    return batch.field(pair) << 4 | kind.ordinal();
  }

  private boolean isKnown(Kind kind, int entry) {
    int place = place(kind);
    for (int i = 0; i < seen; i++) {
      if (seenEntries[i] == entry && seenPlaces[i] == place) {
        return true;
      }
    }
    return false;
  }
}
