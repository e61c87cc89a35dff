package mo.farol.window;

/**
 * Reckons by what comes into the window and what leaves it. Keeps the newest window, so that a hit
 * that comes in order costs little; one that comes late is reckoned from the rows.
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
    if (place < ring.size() - 1) {
      return around(ring, place, span);
    }
    if (version != ring.version() || from < ring.forgotten()) {
      begin(ring, ring.firstFrom(ring.at(place) - span));
      version = ring.version();
    }
    for (; next <= ring.forgotten() + place; next++) {
      add(ring, (int) (next - ring.forgotten()));
    }
    for (long oldest = ring.at(place) - span; ring.at(first(ring)) < oldest; from++) {
      remove(ring, first(ring));
    }
    return new Window(first(ring), place, value(ring, place));
  }

  private int first(Ring ring) {
    return (int) (from - ring.forgotten());
  }

  private void begin(Ring ring, int place) {
    clear();
    from = ring.forgotten() + place;
    next = from;
  }

  private Window around(Ring ring, int place, long span) {
    int low = ring.firstFrom(ring.at(place) - span);
    begin(ring, low);
    version = -1;
    long latest = ring.at(place) + span;
    Window best = new Window(place, place, Double.NEGATIVE_INFINITY);
    for (int to = low; to < ring.size() && ring.at(to) <= latest; to++) {
      add(ring, to);
      for (; ring.at(low) < ring.at(to) - span; low++) {
        remove(ring, low);
      }
      double value = to >= place ? value(ring, place) : Double.NEGATIVE_INFINITY;
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
