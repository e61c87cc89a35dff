package mo.farol.window;

/**
 * Reckons by what comes into the window and what leaves it. Keeps the window it looked at last, so
 * that a hit costs what its window differs from that: one that comes in order little, one that
 * comes late the rows it comes behind.
 */
abstract class SlidingTally implements Tally {
  private long from; // rows in it, by Ring.forgotten() + place: from this one
  private long next; // up to before this one
  private int version = -1;

  abstract void clear();

  abstract void add(Ring ring, int place);

  abstract void remove(Ring ring, int place);

  /**
   * @param place of the hit that is asked for
   */
  abstract double value(Ring ring, int place);

  @Override
  public final Window best(Ring ring, int place, long span) {
    boolean late = place < ring.size() - 1;
    if (version < 0 || from < ring.forgotten() || version != ring.version() - (late ? 1 : 0)) {
      begin(ring, place);
    } else if (late) {
      takeNote(ring, place);
    }
    version = ring.version();
    if (late) {
      return around(ring, place, span);
    }
    int low = ring.firstFrom(ring.at(place) - span);
    moveTo(ring, low, place);
    return new Window(low, place, value(ring, place));
  }

  // A late hit moved the rows behind it.
  private void takeNote(Ring ring, int place) {
    long row = ring.forgotten() + place;
    if (row <= from) {
      from++;
      next++;
    } else if (row < next) {
      next++;
      add(ring, place);
    }
  }

  private void begin(Ring ring, int place) {
    clear();
    from = ring.forgotten() + place;
    next = from;
  }

  /** Comes to the window from one place to another, both with. */
  private void moveTo(Ring ring, int first, int last) {
    long low = ring.forgotten() + first;
    long high = ring.forgotten() + last + 1;
    if (low >= next || high <= from || Math.abs(low - from) + Math.abs(high - next) > high - low) {
      begin(ring, first);
    }
    while (next < high) {
      add(ring, (int) (next++ - ring.forgotten()));
    }
    while (from > low) {
      add(ring, (int) (--from - ring.forgotten()));
    }
    while (next > high) {
      remove(ring, (int) (--next - ring.forgotten()));
    }
    while (from < low) {
      remove(ring, (int) (from++ - ring.forgotten()));
    }
  }

  /** The best of the windows that hold a late hit. */
  Window around(Ring ring, int place, long span) {
    int low = ring.firstFrom(ring.at(place) - span);
    long latest = ring.at(place) + span;
    Window best = new Window(place, place, Double.NEGATIVE_INFINITY);
    for (int to = place; to < ring.size() && ring.at(to) <= latest; to++) {
      for (long oldest = ring.at(to) - span; ring.at(low) < oldest; low++) {}
      moveTo(ring, low, to);
      double value = value(ring, place);
      best = value > best.value() ? new Window(low, to, value) : best;
    }
    return best;
  }

  @Override
  public final Window whole(Ring ring, int from, int to) {
    version = -1;
    begin(ring, from);
    for (int i = from; i <= to; i++) {
      add(ring, i);
    }
    return new Window(from, to, value(ring, to));
  }

  @Override
  public final void forget() {
    version = -1;
  }

  /** Counts different values. */
  static SlidingTally distinct(int longs) {
    return new Values(longs) {
      @Override
      double value(Ring ring, int place) {
        return values.size();
      }
    };
  }

  /** Counts the hits that have the value of the hit. */
  static SlidingTally same() {
    return new Values(2) {
      @Override
      double value(Ring ring, int place) {
        return values.count(ring.value(place), ring.more(place));
      }
    };
  }

  /** How many of a hundred hits have the value of the hit. */
  static SlidingTally share() {
    return new Values(2) {
      @Override
      double value(Ring ring, int place) {
        return 100.0 * values.count(ring.value(place), ring.more(place)) / values.total();
      }
    };
  }

  private abstract static class Values extends SlidingTally {
    final Multiset values = new Multiset();
    private final int longs;

    Values(int longs) {
      this.longs = longs;
    }

    @Override
    public long longs() {
      return values.longs();
    }

    @Override
    void clear() {
      values.clear();
    }

    @Override
    void add(Ring ring, int i) {
      values.add(ring.value(i), longs > 1 ? ring.more(i) : 0, ring.weight(i));
    }

    @Override
    void remove(Ring ring, int i) {
      values.add(ring.value(i), longs > 1 ? ring.more(i) : 0, -ring.weight(i));
    }
  }
}
