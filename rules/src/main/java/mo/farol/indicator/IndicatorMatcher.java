package mo.farol.indicator;

import java.util.function.Supplier;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * Looks for indicators in events, on their bytes; makes nothing but hits. Keeps scratch, so one
 * thread. Events are matched against the set that is current when their batch comes, for their own
 * time and their own agency. Of values that only count together the hit is told where the last of
 * them is seen, though that one be muted by itself.
 */
public final class IndicatorMatcher {
  /** Hits of one event that are handed out; further ones are counted in {@link #cut}. */
  public static final int MOST_HITS = 256;

  private static final int MOST_GROUPS = 64;
  private static final int URL_FULL = Fields.id("url.full");

  private final Supplier<IndicatorSet> current;
  private final Look look = new Look();
  private final Look.Found found = this::found;
  private final int[] seenEntries = new int[MOST_HITS];
  private final int[] seenPlaces = new int[MOST_HITS]; // field << 4 | kind
  private int seen;
  private long muted;
  private long cut;

  private final IndicatorSet.Asking asking = new Asked();
  private final int[] groups = new int[MOST_GROUPS];
  private final int[] groupParts = new int[MOST_GROUPS]; // a bit for each that was seen
  private int groupCount;

  private IndicatorSet set = IndicatorSet.empty();
  private @Nullable FrameBatch frames;
  private EventBatch batch = new EventBatch();
  private boolean isEmpty = true;
  private String agency = "";
  private int event;
  private int pair;
  private long at;
  private long now;
  private @Nullable IndicatorHits out;

  /** Matches against what the supplier gives, asked for every batch. */
  public IndicatorMatcher(Supplier<IndicatorSet> current) {
    this.current = current;
  }

  /** Hands out every indicator that is seen in event {@code i} of a batch, muted ones left out. */
  public void match(EventBatch events, int i, IndicatorHits hits) {
    open(events, i, hits);
    if (isEmpty) {
      return;
    }
    int path = -1;
    for (int k = events.from(i); k < events.to(i); k++) {
      var reading = FieldReadings.of(events.field(k));
      if (reading == FieldReadings.Reading.NONE) {
        continue;
      }
      int from = events.start(k);
      int length = events.length(k);
      boolean isPath =
          reading == FieldReadings.Reading.PATH
              || reading == FieldReadings.Reading.URL && length > 0 && events.bytes(k)[from] == '/';
      if (isPath) {
        path = path < 0 ? k : path;
      } else {
        pair = k;
        look.at(reading, events.bytes(k), from, from + length, set, found);
      }
    }
    if (path >= 0 && set.size(Kind.URL) > 0 && events.find(i, URL_FULL) < 0) {
      pair = path;
      look.joined(events, i, path, set, found);
    }
  }

  private void open(EventBatch events, int i, IndicatorHits hits) {
    var of = events.frames();
    if (of != frames) {
      frames = of;
      set = current.get();
      isEmpty = set.size() == 0;
      agency = of.origin().agency();
      now = Math.max(of.receivedAtMicros(), set.builtAt());
    }
    batch = events;
    event = i;
    at = events.occurredAtMicros(i);
    out = hits;
    seen = 0;
    groupCount = 0;
  }

  /** Whether there was anything to look for when the last batch came. */
  public boolean isLooking() {
    return !isEmpty;
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
    if (!set.counts(kind, entry, asking) || isKnown(kind, entry)) {
      return;
    }
    if (seen == MOST_HITS) {
      cut++;
      return;
    }
    seenEntries[seen] = entry;
    seenPlaces[seen++] = place(kind);
    boolean isMuted = set.shelf(kind).muted(entry) >= 0;
    var indicator =
        isMuted ? set.together(kind, entry, asking) : set.indicator(kind, entry, asking);
    if (indicator == null) {
      muted += isMuted ? 1 : 0;
      return;
    }
    if (out != null) {
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

  /** The event in hand, as claims ask of it. */
  private final class Asked implements IndicatorSet.Asking {
    @Override
    public boolean isFor(Terms terms, long from, long until) {
      return (until == Claims.NONE || at < until) && from <= now && terms.countFor(agency);
    }

    @Override
    public boolean isWhole(int group, int part, int parts) {
      int place = 0;
      while (place < groupCount && groups[place] != group) {
        place++;
      }
      if (place == MOST_GROUPS) {
        return false;
      }
      if (place == groupCount) {
        groups[groupCount] = group;
        groupParts[groupCount++] = 0;
      }
      groupParts[place] |= 1 << part;
      return Integer.bitCount(groupParts[place]) == parts;
    }
  }
}
