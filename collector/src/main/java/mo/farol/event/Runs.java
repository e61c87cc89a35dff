package mo.farol.event;

import java.util.Arrays;

/** Sequences as runs, in order: those from a first to a last one, each. Immutable. */
public final class Runs {
  private static final int SHOWN = 10;

  private final long[] firsts;
  private final long[] lasts;

  private Runs(long[] firsts, long[] lasts) {
    this.firsts = firsts;
    this.lasts = lasts;
  }

  /** One run. */
  public static Runs of(long first, long last) {
    return new Builder().add(first, last).build();
  }

  /** Reads {@link #text}; throws {@link IllegalArgumentException} on anything else. */
  public static Runs parse(String text) {
    var builder = new Builder();
    long next = 0;
    for (int at = 0; at < text.length() || text.endsWith(","); ) {
      int plus = text.indexOf('+', at);
      int end = text.indexOf(',', at) < 0 ? text.length() : text.indexOf(',', at);
      if (plus < 0 || plus > end) {
        throw new IllegalArgumentException("a run is written gap+length");
      }
      long first = next + Long.parseLong(text, at, plus, 10);
      next = first + Long.parseLong(text, plus + 1, end, 10);
      builder.add(first, next - 1);
      at = end + 1;
    }
    return builder.build();
  }

  /** Collects runs. Not thread-safe. */
  public static final class Builder {
    private long[] firsts = new long[4];
    private long[] lasts = new long[4];
    private int size;

    /** Adds a run behind those that are there; one right behind the last goes on with it. */
    public Builder add(long first, long last) {
      if (first < 0 || last < first || size > 0 && first <= lasts[size - 1]) {
        throw new IllegalArgumentException(first + " to " + last + " is no run that comes next");
      }
      if (size > 0 && lasts[size - 1] + 1 == first) {
        lasts[size - 1] = last;
        return this;
      }
      if (size == firsts.length) {
        firsts = Arrays.copyOf(firsts, size * 2);
        lasts = Arrays.copyOf(lasts, size * 2);
      }
      firsts[size] = first;
      lasts[size++] = last;
      return this;
    }

    /** What was added. */
    public Runs build() {
      return new Runs(Arrays.copyOf(firsts, size), Arrays.copyOf(lasts, size));
    }
  }

  /** How many runs. */
  public int size() {
    return firsts.length;
  }

  /** First sequence of run {@code i}. */
  public long first(int i) {
    return firsts[i];
  }

  /** Last sequence of run {@code i}. */
  public long last(int i) {
    return lasts[i];
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return firsts.length == 0;
  }

  /** How many sequences. */
  public long count() {
    long count = 0;
    for (int i = 0; i < firsts.length; i++) {
      count += lasts[i] - firsts[i] + 1;
    }
    return count;
  }

  /** Whether a sequence is among them. */
  public boolean contains(long sequence) {
    int found = Arrays.binarySearch(firsts, sequence);
    int i = found >= 0 ? found : -found - 2;
    return i >= 0 && sequence <= lasts[i];
  }

  /** Short text: for each run how far it is from the end of the one before, and its length. */
  public String text() {
    var text = new StringBuilder();
    long next = 0;
    for (int i = 0; i < firsts.length; i++) {
      text.append(i == 0 ? "" : ",").append(firsts[i] - next).append('+');
      text.append(lasts[i] - firsts[i] + 1);
      next = lasts[i] + 1;
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Runs runs
        && Arrays.equals(firsts, runs.firsts)
        && Arrays.equals(lasts, runs.lasts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(firsts) + Arrays.hashCode(lasts);
  }

  /** For people: {@code 10-19, 30-39 and 4 more}. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (int i = 0; i < Math.min(SHOWN, firsts.length); i++) {
      text.append(i == 0 ? "" : ", ").append(firsts[i]);
      text.append(lasts[i] == firsts[i] ? "" : "-" + lasts[i]);
    }
    return firsts.length <= SHOWN ? text.toString() : text + " and " + (size() - SHOWN) + " more";
  }
}
