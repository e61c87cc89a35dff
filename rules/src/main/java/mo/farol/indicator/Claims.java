package mo.farol.indicator;

import java.util.Arrays;

/**
 * What sources say of the values of one kind: for each value a chain of claims, in columns. A
 * source that says the same of a value twice has said it once, for the longer of the two terms. Of
 * what one source says in many ways the most confident and newest are kept, so that no source
 * pushes out another.
 */
final class Claims {
  /** No end, no beginning. */
  static final long NONE = Long.MIN_VALUE;

  /** Claims of one source about one value. */
  private static final int MOST = 8;

  /** What the terms of claims say of the source. */
  interface Voices {
    boolean areOfOne(int term, int other);

    int confidence(int term);
  }

  private int[] heads = new int[16]; // by entry: claim + 1
  private int[] nexts = new int[16]; // by claim: claim + 1
  private int[] terms = new int[16];
  private long[] froms = new long[16];
  private long[] untils = new long[16];
  private final Ids ids = new Ids();
  private int size;
  private int entries;

  /**
   * Adds a claim; false where the source has said as much of the value as is kept, and one of its
   * claims was left out. Times in microseconds.
   */
  boolean add(int entry, int term, String id, long from, long until, Voices voices) {
    if (entry >= heads.length) {
      heads = Arrays.copyOf(heads, Math.max(entry + 1, heads.length * 3 / 2));
    }
    entries = Math.max(entries, entry + 1);
    int ofSource = 0;
    int weakest = -1;
    int beforeWeakest = -1;
    int last = -1;
    for (int c = heads[entry] - 1; c >= 0; c = nexts[c] - 1) {
      if (terms[c] == term) {
        froms[c] = Math.min(froms[c], from);
        untils[c] = until == NONE || untils[c] == NONE ? NONE : Math.max(untils[c], until);
        return true;
      }
      if (voices.areOfOne(terms[c], term)) {
        ofSource++;
        if (weakest < 0 || compare(c, terms[weakest], froms[weakest], voices) < 0) {
          weakest = c;
          beforeWeakest = last;
        }
      }
      last = c;
    }
    boolean isFull = ofSource >= MOST;
    if (isFull && compare(weakest, term, from, voices) >= 0) {
      return false;
    }
    append(term, id, from, until);
    link(entry, last);
    if (isFull) {
      unlink(entry, weakest, beforeWeakest);
    }
    return !isFull;
  }

  // The more confident is the stronger, then the newer.
  private int compare(int claim, int term, long from, Voices voices) {
    int byConfidence = Integer.compare(voices.confidence(terms[claim]), voices.confidence(term));
    return byConfidence == 0 ? Long.compare(froms[claim], from) : byConfidence;
  }

  private void link(int entry, int last) {
    if (last < 0) {
      heads[entry] = size;
    } else {
      nexts[last] = size;
    }
  }

  private void unlink(int entry, int claim, int before) {
    if (before < 0) {
      heads[entry] = nexts[claim];
    } else {
      nexts[before] = nexts[claim];
    }
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
