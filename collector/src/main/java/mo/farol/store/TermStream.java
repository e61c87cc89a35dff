package mo.farol.store;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.BytesRef;

/** Hands the terms of a buffer to Lucene, without characters in between. */
final class TermStream extends TokenStream {
  private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
  private final PositionIncrementAttribute place = addAttribute(PositionIncrementAttribute.class);
  private final BytesRef ref = new BytesRef();
  private final TermBuffer buffer;
  private int next;

  TermStream(TermBuffer buffer) {
    this.buffer = buffer;
  }

  @Override
  public boolean incrementToken() {
    if (next == buffer.count()) {
      return false;
    }
    buffer.get(next++, ref);
    term.setBytesRef(ref);
    return true;
  }

  @Override
  public void reset() {
    next = 0;
    place.setPositionIncrement(1); // end() left 0 behind
  }
}
