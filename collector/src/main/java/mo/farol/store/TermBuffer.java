package mo.farol.store;

import java.util.Arrays;
import org.apache.lucene.util.BytesRef;

/** The terms of one event, laid end to end; re-used from event to event. */
final class TermBuffer {
  private byte[] bytes = new byte[16_384];
  private int[] bounds = new int[257];
  private int count;
  private int at;

  void clear() {
    count = 0;
    at = 0;
  }

  int count() {
    return count;
  }

  /** Points a reference at term {@code i}. */
  void get(int i, BytesRef into) {
    into.bytes = bytes;
    into.offset = bounds[i];
    into.length = bounds[i + 1] - bounds[i];
  }

  /** Adds a term that was made before. */
  void add(BytesRef term) {
    put(term.bytes, term.offset, term.length);
    end();
  }

  /** Adds prefix and bytes as they are. */
  void add(byte[] prefix, byte[] value, int from, int length) {
    put(prefix, 0, prefix.length);
    put(value, from, length);
    end();
  }

  /**
   * Adds prefix and value, the value in lower case and cut at a limit.
   *
   * @return length of the value in the term; it ends where the buffer ends
   */
  int addFolded(byte[] prefix, byte[] value, int from, int length, int limit) {
    put(prefix, 0, prefix.length);
    int start = at;
    reserve(limit + 4);
    at = fold(value, from, from + length, bytes, at, limit);
    end();
    return at - start;
  }

  /** The last {@code length} bytes added. */
  BytesRef tail(int length) {
    return new BytesRef(bytes, at - length, length);
  }

  /** Copies text in lower case until the limit is reached; gives the index after it. */
  static int fold(byte[] text, int from, int to, byte[] into, int at, int limit) {
    int last = at + limit;
    int i = from;
    while (i < to && at < last) {
      byte b = text[i];
      if (b >= 0) {
        into[at++] = b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
        i++;
        continue;
      }
      int found = Utf8.at(text, i, to);
      int after = Utf8.put(Character.toLowerCase(found >>> 3), into, at);
      if (after > last) {
        return at;
      }
      at = after;
      i += found & 7;
    }
    return at;
  }

  private void put(byte[] from, int start, int length) {
    reserve(length);
    System.arraycopy(from, start, bytes, at, length);
    at += length;
  }

  private void reserve(int length) {
    if (at + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(at + length, bytes.length * 2));
    }
  }

  private void end() {
    if (count + 2 > bounds.length) {
      bounds = Arrays.copyOf(bounds, bounds.length * 2);
    }
    bounds[++count] = at;
  }
}
