package mo.farol.indicator;

import java.util.Arrays;

/**
 * What sources say of the values of one kind: for each value a chain of claims, in columns. A
 * source that says the same of a value twice has said it once, for the longer of the two terms.
 */
final class Claims {
  /** No end, no beginning. */
  static final long NONE = Long.MIN_VALUE;

  private static final int MOST = 32;

  private int[] heads = new int[16]; // by entry: claim + 1
  private int[] nexts = new int[16]; // by claim: claim + 1
  private int[] terms = new int[16];
  private long[] froms = new long[16];
  private long[] untils = new long[16];
  private final Ids ids = new Ids();
  private int size;
  private int entries;

  /** Adds a claim; false where the value has as many as are kept. Times in microseconds. */
  boolean add(int entry, int term, String id, long from, long until) {
    if (entry >= heads.length) {
      heads = Arrays.copyOf(heads, Math.max(entry + 1, heads.length * 3 / 2));
    }
    entries = Math.max(entries, entry + 1);
    int length = 0;
    int last = -1;
    for (int c = heads[entry] - 1; c >= 0; c = nexts[c] - 1) {
      if (terms[c] == term) {
        froms[c] = Math.min(froms[c], from);
        untils[c] = until == NONE || untils[c] == NONE ? NONE : Math.max(untils[c], until);
        return true;
      }
      last = c;
      length++;
    }
    if (length == MOST) {
      return false;
    }
    append(term, id, from, until);
    if (last < 0) {
      heads[entry] = size;
    } else {
      nexts[last] = size;
    }
    return true;
  }

  private void append(int term, String id, long from, long until) {
    if (size == terms.length) {
      int more = size * 3 / 2;
      nexts = Arrays.copyOf(nexts, more);
      terms = Arrays.copyOf(terms, more);
      froms = Arrays.copyOf(froms, more);
      untils = Arrays.copyOf(untils, more);
    }
    terms[size] = term;
    froms[size] = from;
    untils[size] = until;
    ids.add(id);
    size++;
  }

  void trim() {
    heads = Arrays.copyOf(heads, entries);
    nexts = Arrays.copyOf(nexts, size);
    terms = Arrays.copyOf(terms, size);
    froms = Arrays.copyOf(froms, size);
    untils = Arrays.copyOf(untils, size);
    ids.trim();
  }

  /** The first claim of a value, or -1. */
  int first(int entry) {
    return heads[entry] - 1;
  }

  /** The claim behind another, or -1. */
  int next(int claim) {
    return nexts[claim] - 1;
  }

  int terms(int claim) {
    return terms[claim];
  }

  long from(int claim) {
    return froms[claim];
  }

  long until(int claim) {
    return untils[claim];
  }

  String id(int claim) {
    return ids.get(claim);
  }
}
