package mo.farol.store;

import java.util.Arrays;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.util.BytesRef;

/** A handful of ready terms, from one re-used array into the index. */
final class TermStream extends TokenStream {
  private final BytesTermAttribute term = addAttribute(BytesTermAttribute.class);
  private final BytesRef current = new BytesRef();
  private byte[] bytes = new byte[4096];
  private int[] ends = new int[64];
  private int count;
  private int next;

  void clear() {
    count = 0;
    next = 0;
  }

  /**
   * Adds the term {@code name}, or {@code name NUL value} with ASCII letters of the value lowered.
   */
  void add(byte[] name, byte[] value, int from, int length) {
    int kept = Math.min(length, Layout.KEYWORD_BYTES);
    int start = start();
    reserve(start + name.length + 1 + kept);
    System.arraycopy(name, 0, bytes, start, name.length);
    int at = start + name.length;
    bytes[at++] = 0;
    for (int i = from; i < from + kept; i++) {
      byte b = value[i];
      bytes[at++] = b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }
    end(at);
  }

  void add(byte[] name) {
    int start = start();
    reserve(start + name.length);
    System.arraycopy(name, 0, bytes, start, name.length);
    end(start + name.length);
  }

  // The stream is used again for the next document: what the last one left behind must go.
  @Override
  public void reset() {
    clearAttributes();
  }

  @Override
  public boolean incrementToken() {
    if (next == count) {
      return false;
    }
    int start = next == 0 ? 0 : ends[next - 1];
    current.bytes = bytes;
    current.offset = start;
    current.length = ends[next++] - start;
    term.setBytesRef(current);
    return true;
  }

  private int start() {
    return count == 0 ? 0 : ends[count - 1];
  }

  private void end(int at) {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
    }
    ends[count++] = at;
  }

  private void reserve(int needed) {
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
    }
  }
}
