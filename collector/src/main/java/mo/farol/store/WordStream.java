package mo.farol.store;

import mo.farol.event.EventBatch;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** Hands the words of one event's text to Lucene; words of different values don't touch. */
final class WordStream extends TokenStream {
  private static final int GAP = 100;

  private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
  private final PositionIncrementAttribute place = addAttribute(PositionIncrementAttribute.class);
  private final Words words = new Words();
  private int[] pairs = new int[16];
  private int count;
  private int next;
  private EventBatch batch = new EventBatch();

  /** Takes pairs from this batch. */
  void open(EventBatch from) {
    batch = from;
  }

  /** Starts over with an event. */
  void clear() {
    count = 0;
  }

  /** Adds a pair whose value's words are wanted. */
  void add(int pair) {
    if (count == pairs.length) {
      pairs = java.util.Arrays.copyOf(pairs, count * 2);
    }
    pairs[count++] = pair;
  }

  boolean isEmpty() {
    return count == 0;
  }

  @Override
  public boolean incrementToken() {
    int gap = 0;
    while (!words.next()) {
      if (next == count) {
        return false;
      }
      gap = next == 0 ? 0 : GAP;
      open(pairs[next++]);
    }
    term.setBytesRef(words.term());
    place.setPositionIncrement(words.step() + gap);
    return true;
  }

  @Override
  public void reset() {
    next = 0;
    words.reset(org.apache.lucene.util.BytesRef.EMPTY_BYTES, 0, 0);
  }

  private void open(int pair) {
    int start = batch.start(pair);
    words.reset(batch.bytes(pair), start, start + batch.length(pair));
  }
}
