package mo.farol.indicator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mo.farol.event.Micros;

/** Collects indicators for an {@link IndicatorSet}; one thread. */
public final class IndicatorSetBuilder {
  private static final int MOST_TERMS = 2_000_000;
  private static final int MOST_REASONS = 10_000;
  private static final long LEAST_ROOM = 200_000_000;
  private static final int AN_ENTRY = 62; // hash table, offset, head, muting; as measured
  private static final int A_CLAIM = 28;

  private final WarningLists warnings;
  private final Instant now;
  private final long room;
  private final KeyedHash hash = new KeyedHash();
  private final Shelf[] shelves = new Shelf[Kind.values().length];
  private final ByteTable numbers = new ByteTable(new KeyedHash());
  private final List<Terms> terms = new ArrayList<>();
  private final List<Integer> parts = new ArrayList<>(List.of(0));
  private final Map<String, Integer> reasonNumbers = new HashMap<>();
  private final List<String> reasons = new ArrayList<>();
  private final Claims.Voices voices = new Strength(terms);
  private long bytes;
  private int size;

  /** A set whose values on a warning list are muted, and in which all has begun. */
  public IndicatorSetBuilder(WarningLists warnings) {
    this(warnings, Instant.MAX, room());
  }

  /**
   * A set made at a time.
   *
   * @param room bytes of heap it takes at most, about
   */
  IndicatorSetBuilder(WarningLists warnings, Instant now, long room) {
    this.warnings = warnings;
    this.now = now;
    this.room = room;
    Arrays.setAll(shelves, _ -> new Shelf(hash));
  }

  /** A fifth of the process's memory, since while a set is replaced there are two. */
  static long room() {
    return Math.max(LEAST_ROOM, Runtime.getRuntime().maxMemory() / 5);
  }

  /** Who says what, for telling the stronger of two. */
  private record Strength(List<Terms> terms) implements Claims.Voices {
    @Override
    public boolean areOfOne(int term, int other) {
      return terms.get(term).source().equals(terms.get(other).source());
    }

    @Override
    public int confidence(int term) {
      return terms.get(term).confidence();
    }
  }

  /** A number for values of which one event must show all. */
  int group(int values) {
    parts.add(values);
    bytes += 24;
    return parts.size() - 1;
  }

  /** What became of a value. */
  enum Taken {
    LIVE,
    MUTED,
    FULL,
    /** Held, though something that was said of the value is not. */
    ONE_LEFT_OUT
  }

  /** Adds what a source says of a value. */
  Taken add(Key key, Terms said, String id, long fromMicros, long untilMicros) {
    var shelf = shelves[key.kind().ordinal()];
    int before = shelf.table.size();
    int term = number(said);
    if (term < 0 || bytes > room) {
      return Taken.FULL;
    }
    int entry = size >= IndicatorSet.LIMIT ? known(shelf, key) : shelf.table.add(key.bytes());
    if (entry < 0) {
      return Taken.FULL;
    }
    if (entry == before) {
      size++;
      bytes += AN_ENTRY + key.bytes().length;
      shelf.mute(entry, muted(key));
    }
    boolean isWhole = shelf.claims.add(entry, term, id, fromMicros, untilMicros, voices);
    bytes += A_CLAIM + Math.min(17, id.length());
    if (shelf.muted(entry) >= 0) {
      return Taken.MUTED;
    }
    return isWhole ? Taken.LIVE : Taken.ONE_LEFT_OUT;
  }

  /** Adds an indicator as it was told. */
  void add(Novelties.Novelty novelty) {
    var indicator = novelty.indicator();
    var parts = novelty.together();
    if (parts.isEmpty()) {
      var alone = new Novelties.Value(indicator.kind(), indicator.value());
      indicator.sources().forEach(source -> add(novelty, source, alone, 0, 0));
      return;
    }
    for (String source : indicator.sources()) {
      int group = group(parts.size());
      for (int part = 0; part < parts.size(); part++) {
        for (var value : parts.get(part)) {
          add(novelty, source, value, group, part);
        }
      }
    }
  }

  private void add(
      Novelties.Novelty novelty, String source, Novelties.Value value, int group, int part) {
    var told = novelty.indicator();
    var said =
        new Terms(
            source, told.confidence(), told.tlp(), told.labels(), novelty.agencies(), group, part);
    try {
      var key = Key.of(value.kind(), value.value());
      add(key, said, told.id(), Claims.NONE, told.validUntil().map(Micros::of).orElse(Claims.NONE));
    } catch (Unreadable e) {
      throw new IllegalStateException("a value that was read once is read again", e);
    }
  }

  /** Why a value that was taken as muted is so. */
  String reason(Key key) {
    var shelf = shelves[key.kind().ordinal()];
    int entry = shelf.table.find(key.bytes(), 0, key.bytes().length);
    int reason = entry < 0 ? -1 : shelf.muted(entry);
    return reason < 0 ? "" : reasons.get(reason);
  }

  private static int known(Shelf shelf, Key key) {
    return shelf.table.find(key.bytes(), 0, key.bytes().length);
  }

  private int number(Terms said) {
    byte[] key = said.bytes();
    if (terms.size() == MOST_TERMS || bytes > room) {
      return numbers.find(key, 0, key.length);
    }
    int number = numbers.add(key);
    if (number == terms.size()) {
      terms.add(said);
      bytes += said.size() + key.length;
    }
    return number;
  }

  private int muted(Key key) {
    return warnings.reason(key).map(this::reasonNumber).orElse(-1);
  }

  private int reasonNumber(String reason) {
    if (reasons.size() == MOST_REASONS && !reasonNumbers.containsKey(reason)) {
      return 0;
    }
    return reasonNumbers.computeIfAbsent(
        reason,
        r -> {
          reasons.add(r);
          return reasons.size() - 1;
        });
  }

  /** The set; the builder is used up. */
  public IndicatorSet build() {
    for (Kind kind : Kind.values()) {
      shelves[kind.ordinal()].trim(kind == Kind.NETWORK);
    }
    return new IndicatorSet(
        shelves,
        terms.toArray(Terms[]::new),
        reasons.toArray(String[]::new),
        parts.stream().mapToInt(Integer::intValue).toArray(),
        now.equals(Instant.MAX) ? Long.MAX_VALUE : Micros.of(now),
        bytes);
  }
}
