package mo.farol.proof;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import mo.farol.seal.Hash;

/**
 * Says what became of frames: which leaf each of them once was, and so which were changed, dropped,
 * put in or moved.
 */
final class Alignment {
  /** Frames as they lie there now. */
  interface Shown {
    int count();

    /** Hash of frame {@code i} as if it stood at a place. */
    Hash leaf(int i, long sequence);
  }

  private static final int FAR = 256;
  private static final long NONE = -1;

  private final long from;
  private final long to;
  private final LongFunction<Hash> sealed;
  private final LongPredicate isExcused;
  private final Verdict.Notes notes;

  /**
   * @param from sequence of the first leaf
   * @param to sequence after the last
   * @param sealed hash of each leaf
   * @param isExcused whether a frame need not be there
   */
  Alignment(
      long from, long to, LongFunction<Hash> sealed, LongPredicate isExcused, Verdict.Notes notes) {
    this.from = from;
    this.to = to;
    this.sealed = sealed;
    this.isExcused = isExcused;
    this.notes = notes;
  }

  void compare(Shown shown) {
    if (isAsSealed(shown)) {
      return;
    }
    long[] was = identities(shown);
    boolean[] inOrder = longestRise(was);
    tellMoved(was, inOrder);
    tellBetween(was, inOrder);
  }

  private boolean isAsSealed(Shown shown) {
    if (shown.count() != to - from) {
      return false;
    }
    for (int i = 0; i < shown.count(); i++) {
      if (!shown.leaf(i, from + i).equals(sealed.apply(from + i))) {
        return false;
      }
    }
    return true;
  }

  // Which leaf each frame was, looked for near where it stands; copies are nobody.
  private long[] identities(Shown shown) {
    long[] was = new long[shown.count()];
    Set<Long> taken = new HashSet<>();
    long shift = 0;
    for (int i = 0; i < was.length; i++) {
      was[i] = identity(shown, i, from + i + shift);
      if (was[i] != NONE && !taken.add(was[i])) {
        notes.wrong("a copy of event %d was put in", was[i]);
        was[i] = NONE - 1;
      }
      shift = was[i] < 0 ? shift : was[i] - from - i;
    }
    return was;
  }

  private long identity(Shown shown, int i, long likely) {
    for (int far = 0; far <= FAR; far++) {
      for (long at : far == 0 ? new long[] {likely} : new long[] {likely + far, likely - far}) {
        if (at >= from && at < to && shown.leaf(i, at).equals(sealed.apply(at))) {
          return at;
        }
      }
    }
    return NONE;
  }

  // Patience sorting: the most frames that are still in order among themselves.
  private static boolean[] longestRise(long[] was) {
    int[] ends = new int[was.length];
    int[] before = new int[was.length];
    int length = 0;
    for (int i = 0; i < was.length; i++) {
      if (was[i] < 0) {
        continue;
      }
      int low = 0;
      int high = length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (was[ends[middle]] < was[i]) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      before[i] = low == 0 ? -1 : ends[low - 1];
      ends[low] = i;
      length = Math.max(length, low + 1);
    }
    boolean[] inOrder = new boolean[was.length];
    for (int i = length == 0 ? -1 : ends[length - 1]; i >= 0; i = before[i]) {
      inOrder[i] = true;
    }
    return inOrder;
  }

  private void tellMoved(long[] was, boolean[] inOrder) {
    for (int i = 0; i < was.length; i++) {
      if (was[i] >= 0 && !inOrder[i]) {
        notes.wrong("event %d was moved: it stands where %d stood", was[i], from + i);
      }
    }
  }

  // Between two frames in order: who is a stranger there, and which leaves nobody is.
  private void tellBetween(long[] was, boolean[] inOrder) {
    long[] all = Arrays.stream(was).filter(w -> w >= 0).sorted().toArray();
    long open = from;
    int strangers = 0;
    for (int i = 0; i <= was.length; i++) {
      if (i < was.length && !inOrder[i]) {
        strangers += was[i] == NONE ? 1 : 0;
        continue;
      }
      long next = i < was.length ? was[i] : to;
      tell(open, next, strangers, all);
      open = next + 1;
      strangers = 0;
    }
  }

  private void tell(long first, long end, int strangers, long[] known) {
    int left = strangers;
    long dropped = NONE;
    for (long at = first; at < end; at++) {
      boolean isMissing = Arrays.binarySearch(known, at) < 0 && !isExcused.test(at);
      if (isMissing && left > 0) {
        left--;
        notes.wrong("event %d was changed", at);
      } else if (isMissing && dropped == NONE) {
        dropped = at;
      } else if (!isMissing && dropped != NONE) {
        tellDropped(dropped, at - 1);
        dropped = NONE;
      }
    }
    if (dropped != NONE) {
      tellDropped(dropped, end - 1);
    }
    if (left > 0) {
      notes.wrong("%d frames that were never sealed were put in before event %d", left, end);
    }
  }

  private void tellDropped(long first, long last) {
    if (first == last) {
      notes.wrong("event %d was dropped", first);
    } else {
      notes.wrong("events %d to %d were dropped", first, last);
    }
  }
}
