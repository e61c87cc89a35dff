package mo.farol.indicator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Indicators ready to be matched; never changes, so any thread may read it. About 135 bytes an
 * indicator. Built off the path of events by a {@link IndicatorSetBuilder} and swapped whole.
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

  IndicatorSet(
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
    return new IndicatorSetBuilder(WarningLists.none()).build();
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
}
