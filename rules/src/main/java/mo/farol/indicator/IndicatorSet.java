package mo.farol.indicator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * Indicators ready to be matched; never changes, so any thread may read it. About 135 bytes an
 * indicator. Built off the path of events by a {@link Builder} and swapped whole.
 *
 * <p>Of one value each source keeps its own term: a source whose term has ended, or that counts for
 * other agencies, says nothing. One that begins in the future says nothing yet; once it has begun,
 * what happened before is found too, since that is what looking back is for.
 */
public final class IndicatorSet {
  /** Values a set holds at most. */
  public static final int LIMIT = 8_000_000;

  private final Shelf[] shelves;
  private final Terms[] terms;
  private final String[] reasons;
  private final int[] parts; // by group: how many values one event must show
  private final long builtAt; // microseconds
  private final long bytes;

  private IndicatorSet(
      Shelf[] shelves, Terms[] terms, String[] reasons, int[] parts, long builtAt, long bytes) {
    this.shelves = shelves;
    this.terms = terms;
    this.reasons = reasons;
    this.parts = parts;
    this.builtAt = builtAt;
    this.bytes = bytes;
  }

  /** A set without indicators. */
  public static IndicatorSet empty() {
    return new Builder(WarningLists.none()).build();
  }

  /** How many values, those muted and expired included. */
  public int size() {
    return Arrays.stream(shelves).mapToInt(s -> s.table.size()).sum();
  }

  /** How many values of a kind. */
  public int size(Kind kind) {
    return shelf(kind).table.size();
  }

  /** How many values are muted. */
  public int muted() {
    int count = 0;
    for (Shelf shelf : shelves) {
      for (int i = 0; i < shelf.table.size(); i++) {
        count += shelf.muted(i) >= 0 ? 1 : 0;
      }
    }
    return count;
  }

  /** Bytes of heap it takes, about. */
  public long bytes() {
    return bytes;
  }

  /**
   * What one source says of a value.
   *
   * @param agencies whose events it counts for; empty for everybody's
   */
  public record Told(
      String id,
      String source,
      int confidence,
      Tlp tlp,
      Optional<Instant> validFrom,
      Optional<Instant> validUntil,
      List<String> labels,
      Set<String> agencies) {}

  /** What each source says of a value, expired or not; empty where it is in no list. */
  public List<Told> told(Kind kind, String value) {
    int entry = entry(kind, value);
    return entry < 0 ? List.of() : told(kind, entry);
  }

  List<Told> told(Kind kind, int entry) {
    var all = new ArrayList<Told>();
    var claims = shelf(kind).claims;
    for (int c = claims.first(entry); c >= 0; c = claims.next(c)) {
      var of = terms[claims.terms(c)];
      all.add(
          new Told(
              claims.id(c),
              of.source(),
              of.confidence(),
              of.tlp(),
              Together.time(claims.from(c)),
              Together.time(claims.until(c)),
              of.labels(),
              of.agencies()));
    }
    return all;
  }

  /**
   * What is said of a value, whoever it counts for, expired or not; empty where it is in no list or
   * is not a value of this kind.
   */
  public Optional<Indicator> find(Kind kind, String value) {
    int entry = entry(kind, value);
    return entry < 0 ? Optional.empty() : Optional.ofNullable(indicator(kind, entry, ANY));
  }

  /** Why a value is muted; empty where it is not, or is in no list. */
  public Optional<String> mutedBecause(Kind kind, String value) {
    int entry = entry(kind, value);
    return entry < 0 ? Optional.empty() : Optional.ofNullable(reason(kind, entry));
  }

  private static final long NONE = Claims.NONE;

  /** The value by number, for people. */
  String value(Kind kind, int entry) {
    var table = shelf(kind).table;
    return Key.text(kind, table.arena(), table.start(entry), table.end(entry));
  }

  int entry(Kind kind, String value) {
    try {
      var key = Key.of(kind, value);
      return key.kind() == kind ? shelf(kind).table.find(key.bytes(), 0, key.bytes().length) : -1;
    } catch (Unreadable e) {
      return -1;
    }
  }

  Shelf shelf(Kind kind) {
    return shelves[kind.ordinal()];
  }

  /** What claims of a number say of their source. */
  Terms terms(int number) {
    return terms[number];
  }

  /** Numbers of groups of values that count only together; 0 is none. */
  int groups() {
    return parts.length;
  }

  /** How many values of a group one event must show. */
  int parts(int group) {
    return parts[group];
  }

  @Nullable String reason(Kind kind, int entry) {
    int reason = shelf(kind).muted(entry);
    return reason < 0 ? null : reasons[reason];
  }

  /** An event, as far as it decides what counts. */
  interface Asking {
    /** Whether a claim of these terms counts for it. */
    boolean isFor(Terms terms, long from, long until);

    /** Told of a value of a group; true once all its values were seen. */
    boolean isWhole(int group, int part, int parts);
  }

  // Everything counts.
  private static final Asking ANY =
      new Asking() {
        @Override
        public boolean isFor(Terms terms, long from, long until) {
          return true;
        }

        @Override
        public boolean isWhole(int group, int part, int parts) {
          return true;
        }
      };

  /** Whether a source says so for this event, without making anything. */
  boolean counts(Kind kind, int entry, Asking event) {
    var claims = shelf(kind).claims;
    boolean counts = false;
    for (int c = claims.first(entry); c >= 0; c = claims.next(c)) {
      counts |= counts(claims, c, event);
    }
    return counts;
  }

  private boolean counts(Claims claims, int c, Asking event) {
    var of = terms[claims.terms(c)];
    return event.isFor(of, claims.from(c), claims.until(c))
        && (of.group() == 0 || event.isWhole(of.group(), of.part(), parts[of.group()]));
  }

  /** When it was made, in microseconds. */
  long builtAt() {
    return builtAt;
  }

  /** What those sources say that count for an event; null for none. */
  @Nullable Indicator indicator(Kind kind, int entry, Asking event) {
    return indicator(kind, entry, event, false);
  }

  /** What they say of it only together with other values; null for nothing. */
  @Nullable Indicator together(Kind kind, int entry, Asking event) {
    return parts.length == 1 ? null : indicator(kind, entry, event, true);
  }

  private @Nullable Indicator indicator(Kind kind, int entry, Asking event, boolean isTogether) {
    var claims = shelf(kind).claims;
    var together = new Together();
    for (int c = claims.first(entry); c >= 0; c = claims.next(c)) {
      boolean isAsked = !isTogether || terms[claims.terms(c)].group() > 0;
      if (isAsked && counts(claims, c, event)) {
        together.add(terms[claims.terms(c)], claims.id(c), claims.from(c), claims.until(c));
      }
    }
    return together.sources.isEmpty() ? null : together.indicator(kind, value(kind, entry));
  }

  /**
   * Agencies a value counts for by itself, empty for all of them; without those whose term has
   * ended.
   */
  Optional<Set<String>> audience(Kind kind, int entry, long nowMicros) {
    var claims = shelf(kind).claims;
    var all = new TreeSet<String>();
    boolean isLive = false;
    for (int c = claims.first(entry); c >= 0; c = claims.next(c)) {
      if (claims.until(c) == NONE || claims.until(c) > nowMicros) {
        var of = terms[claims.terms(c)];
        if (of.group() > 0) {
          continue;
        }
        if (of.agencies().isEmpty()) {
          return Optional.of(Set.of());
        }
        isLive = true;
        all.addAll(of.agencies());
      }
    }
    return isLive ? Optional.of(all) : Optional.empty();
  }

  /** What is said of a value by number, whoever it counts for. */
  Optional<Indicator> at(Kind kind, int entry) {
    return Optional.ofNullable(indicator(kind, entry, ANY));
  }

  /** Collects indicators; one thread. */
  public static final class Builder {
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
    public Builder(WarningLists warnings) {
      this(warnings, Instant.MAX, room());
    }

    /**
     * A set made at a time.
     *
     * @param room bytes of heap it takes at most, about
     */
    Builder(WarningLists warnings, Instant now, long room) {
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
      int entry = size >= LIMIT ? known(shelf, key) : shelf.table.add(key.bytes());
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
              source,
              told.confidence(),
              told.tlp(),
              told.labels(),
              novelty.agencies(),
              group,
              part);
      try {
        var key = Key.of(value.kind(), value.value());
        add(key, said, told.id(), NONE, told.validUntil().map(Micros::of).orElse(NONE));
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
}
