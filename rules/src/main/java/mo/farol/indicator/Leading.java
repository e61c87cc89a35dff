package mo.farol.indicator;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Which values of a set to ask an index for: all that count alone, and of those that count only
 * together the part that the fewest events are likely to show. Never changes.
 */
final class Leading {
  private static final Comparator<List<Groups.Member>> BY_WIDTH =
      Comparator.<List<Groups.Member>>comparingInt(Leading::width).thenComparingInt(List::size);

  private final BitSet[] leading; // by kind; empty where all lead

  Leading(IndicatorSet set) {
    var kinds = set.groups() > 1 ? Kind.values() : new Kind[0];
    leading = new BitSet[kinds.length];
    for (Kind kind : kinds) {
      leading[kind.ordinal()] = alone(set, kind);
    }
    Groups.each(
        set,
        parts ->
            parts.stream()
                .min(BY_WIDTH)
                .ifPresent(
                    part -> part.forEach(one -> leading[one.kind().ordinal()].set(one.entry()))));
  }

  private static BitSet alone(IndicatorSet set, Kind kind) {
    var alone = new BitSet(set.size(kind));
    var claims = set.shelf(kind).claims;
    for (int entry = 0; entry < set.size(kind); entry++) {
      for (int c = claims.first(entry); c >= 0; c = claims.next(c)) {
        if (set.terms(claims.terms(c)).group() == 0) {
          alone.set(entry);
        }
      }
    }
    return alone;
  }

  // How common such values are: that of the most common.
  private static int width(List<Groups.Member> part) {
    return part.stream().mapToInt(one -> common(one.kind())).max().orElse(0);
  }

  private static int common(Kind kind) {
    return switch (kind) {
      case MD5, SHA1, SHA256, SHA512 -> 0;
      case URL -> 1;
      case MAIL -> 2;
      case DOMAIN -> 3;
      case ADDRESS -> 4;
      case FILE -> 5;
      case VULNERABILITY -> 6;
      case NETWORK -> 7;
    };
  }

  /** Whether an event that the set hits on may be found by a value. */
  boolean is(Kind kind, int entry) {
    return leading.length == 0 || leading[kind.ordinal()].get(entry);
  }
}
