package mo.farol.indicator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import mo.farol.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * Indicators ready to be matched; never changes, so any thread may read it. About 135 bytes an
 * indicator. Built off the path of events by a {@link Builder} and swapped whole.
 */
public final class IndicatorSet {
  /** Values a set holds at most. */
  public static final int LIMIT = 8_000_000;

  private final Shelf[] shelves;
  private final Terms[] terms;
  private final String[] reasons;

  private IndicatorSet(Shelf[] shelves, Terms[] terms, String[] reasons) {
    this.shelves = shelves;
    this.terms = terms;
    this.reasons = reasons;
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

  /**
   * What is said of a value, whoever it counts for, expired or not; empty where it is in no list or
   * is not a value of this kind.
   */
  public Optional<Indicator> find(Kind kind, String value) {
    int entry = entry(kind, value);
    return entry < 0 ? Optional.empty() : Optional.ofNullable(indicator(kind, entry, null, NONE));
  }

  /** Why a value is muted; empty where it is not, or is in no list. */
  public Optional<String> mutedBecause(Kind kind, String value) {
    int entry = entry(kind, value);
    return entry < 0 ? Optional.empty() : Optional.ofNullable(reason(kind, entry));
  }

  private static final long NONE = Claims.NONE;

  private int entry(Kind kind, String value) {
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

  @Nullable String reason(Kind kind, int entry) {
    int reason = shelf(kind).muted(entry);
    return reason < 0 ? null : reasons[reason];
  }

  /** Whether a source says so for this agency and time, without making anything. */
  boolean counts(Kind kind, int entry, @Nullable String agency, long atMicros) {
    var claims = shelf(kind).claims;
    for (int c = claims.first(entry); c >= 0; c = claims.next(c)) {
      if (counts(claims, c, agency, atMicros)) {
        return true;
      }
    }
    return false;
  }

  private boolean counts(Claims claims, int c, @Nullable String agency, long atMicros) {
    long until = claims.until(c);
    return (agency == null || terms[claims.terms(c)].countFor(agency))
        && (until == NONE || atMicros == NONE || atMicros < until);
  }

  /** What those sources say that count for an agency (null for any) and a time; null for none. */
  @Nullable Indicator indicator(Kind kind, int entry, @Nullable String agency, long atMicros) {
    var claims = shelf(kind).claims;
    var together = new Together();
    for (int c = claims.first(entry); c >= 0; c = claims.next(c)) {
      if (counts(claims, c, agency, atMicros)) {
        together.add(terms[claims.terms(c)], claims.id(c), claims.from(c), claims.until(c));
      }
    }
    return together.sources.isEmpty() ? null : together.indicator(kind, shelf(kind).table, entry);
  }

  /** Several claims as one indicator. */
  private static final class Together {
    private final LinkedHashSet<String> sources = new LinkedHashSet<>();
    private final LinkedHashSet<String> labels = new LinkedHashSet<>();
    private String id = "";
    private int confidence;
    private Tlp tlp = Tlp.CLEAR;
    private long from = Long.MAX_VALUE;
    private long until = Long.MIN_VALUE + 1;
    private boolean isEndless;

    void add(Terms terms, String claimed, long claimedFrom, long claimedUntil) {
      sources.add(terms.source());
      labels.addAll(terms.labels());
      id = id.isEmpty() ? claimed : id;
      confidence = Math.max(confidence, terms.confidence());
      tlp = tlp.or(terms.tlp());
      from = Math.min(from, claimedFrom);
      until = Math.max(until, claimedUntil);
      isEndless |= claimedUntil == NONE;
    }

    Indicator indicator(Kind kind, ByteTable table, int entry) {
      String value = Key.text(kind, table.arena(), table.start(entry), table.end(entry));
      return new Indicator(
          id.isEmpty() ? made(kind, value) : id,
          kind,
          value,
          List.copyOf(sources),
          confidence,
          tlp,
          time(from),
          isEndless ? Optional.empty() : time(until),
          List.copyOf(labels));
    }

    private String made(Kind kind, String value) {
      String what = sources.getFirst() + "\n" + kind.word() + "\n" + value;
      return "indicator--" + UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Instant> time(long micros) {
      return micros == NONE ? Optional.empty() : Optional.of(Micros.toInstant(micros));
    }
  }

  /** Collects indicators; one thread. */
  public static final class Builder {
    private static final int MOST_TERMS = 2_000_000;
    private static final int MOST_REASONS = 10_000;

    private final WarningLists warnings;
    private final KeyedHash hash = new KeyedHash();
    private final Shelf[] shelves = new Shelf[Kind.values().length];
    private final Map<Terms, Integer> numbers = new HashMap<>();
    private final List<Terms> terms = new ArrayList<>();
    private final Map<String, Integer> reasonNumbers = new HashMap<>();
    private final List<String> reasons = new ArrayList<>();
    private int size;

    /** A set whose values on a warning list are muted. */
    public Builder(WarningLists warnings) {
      this.warnings = warnings;
      Arrays.setAll(shelves, _ -> new Shelf(hash));
    }

    /** What became of a value. */
    enum Taken {
      LIVE,
      MUTED,
      FULL,
      TOO_MANY_CLAIMS
    }

    /** Adds what a source says of a value. */
    Taken add(Key key, Terms said, String id, long fromMicros, long untilMicros) {
      var shelf = shelves[key.kind().ordinal()];
      int before = shelf.table.size();
      int term = number(said);
      int entry =
          size >= LIMIT || term < 0 ? known(shelf, key, term) : shelf.table.add(key.bytes());
      if (entry < 0) {
        return Taken.FULL;
      }
      if (entry == before) {
        size++;
        shelf.mute(entry, muted(key));
      }
      if (!shelf.claims.add(entry, term, id, fromMicros, untilMicros)) {
        return Taken.TOO_MANY_CLAIMS;
      }
      return shelf.muted(entry) >= 0 ? Taken.MUTED : Taken.LIVE;
    }

    /** Why a value that was taken as muted is so. */
    String reason(Key key) {
      var shelf = shelves[key.kind().ordinal()];
      int entry = shelf.table.find(key.bytes(), 0, key.bytes().length);
      int reason = entry < 0 ? -1 : shelf.muted(entry);
      return reason < 0 ? "" : reasons.get(reason);
    }

    private static int known(Shelf shelf, Key key, int term) {
      return term < 0 ? -1 : shelf.table.find(key.bytes(), 0, key.bytes().length);
    }

    private int number(Terms said) {
      Integer known = numbers.get(said);
      if (known != null) {
        return known;
      }
      if (terms.size() == MOST_TERMS) {
        return -1;
      }
      numbers.put(said, terms.size());
      terms.add(said);
      return terms.size() - 1;
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
      return new IndicatorSet(shelves, terms.toArray(Terms[]::new), reasons.toArray(String[]::new));
    }
  }
}
