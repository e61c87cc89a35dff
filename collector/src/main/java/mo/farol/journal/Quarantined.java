package mo.farol.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in the middle of a segment that can't be trusted and were set aside.
 *
 * @param segment file they lay in
 * @param offset where, in bytes
 * @param length how many
 * @param firstSequence sequence of the first event that may have lain there
 * @param endSequence sequence before which all of them lay; {@link #UNKNOWN} where nothing tells
 */
public record Quarantined(
    String segment, long offset, long length, long firstSequence, long endSequence) {
  /** An end that nothing tells. */
  public static final long UNKNOWN = -1;

  private static final Pattern NAME =
      Pattern.compile(
          "(\\d{8}-\\d{20}\\.seg)(?:\\.(\\d{1,18})(?:\\.(\\d{1,18})(?:-(\\d{1,18}))?)?)?");

  /** Name of the file that keeps a piece of a segment. */
  String name() {
    String before = segment + "." + offset + "." + firstSequence;
    return endSequence == UNKNOWN ? before : before + "-" + endSequence;
  }

  /** Reads the name of a kept file back; a whole segment has nothing behind its name. */
  static Optional<Quarantined> of(String name, long length) {
    var matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String segment = matcher.group(1);
    return Optional.of(
        new Quarantined(
            segment,
            number(matcher.group(2), 0),
            length,
            number(matcher.group(3), Segment.firstSequenceIn(segment)),
            number(matcher.group(4), UNKNOWN)));
  }

  /**
   * Puts pieces that lay one behind the other together again, in order; one that an earlier version
   * kept under a shorter name as well is there once.
   */
  static List<Quarantined> whole(List<Quarantined> pieces) {
    var all = new ArrayList<Quarantined>();
    var order =
        Comparator.comparingInt(Quarantined::segmentNumber).thenComparingLong(Quarantined::offset);
    for (var piece : once(pieces).stream().sorted(order).toList()) {
      if (!all.isEmpty() && all.getLast().isBefore(piece)) {
        all.add(all.removeLast().with(piece));
      } else {
        all.add(piece);
      }
    }
    return List.copyOf(all);
  }

  private static Collection<Quarantined> once(List<Quarantined> pieces) {
    var told = new HashMap<String, Quarantined>();
    for (var piece : pieces) {
      told.merge(
          piece.segment + "." + piece.offset, piece, (one, other) -> one.orIfMoreTold(other));
    }
    return told.values();
  }

  private Quarantined orIfMoreTold(Quarantined other) {
    if (endSequence == UNKNOWN != (other.endSequence == UNKNOWN)) {
      return endSequence == UNKNOWN ? other : this;
    }
    return other.firstSequence > firstSequence ? other : this;
  }

  private boolean isBefore(Quarantined other) {
    return segment.equals(other.segment)
        && offset + length == other.offset
        && firstSequence == other.firstSequence
        && endSequence == other.endSequence;
  }

  private Quarantined with(Quarantined behind) {
    return new Quarantined(segment, offset, length + behind.length, firstSequence, endSequence);
  }

  /** Number of the segment. */
  int segmentNumber() {
    return Segment.numberIn(segment);
  }

  /** The same, ending at the latest there, where nothing tells its end. */
  Quarantined endingBy(long sequence) {
    return endSequence != UNKNOWN
        ? this
        : new Quarantined(
            segment, offset, length, firstSequence, Math.max(firstSequence, sequence));
  }

  private static long number(@Nullable String digits, long otherwise) {
    return digits == null ? otherwise : Long.parseLong(digits);
  }
}
