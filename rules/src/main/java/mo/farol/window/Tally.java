package mo.farol.window;

import mo.farol.sigma.SigmaCorrelation;

/** Counts what the windows of one group hold. */
interface Tally {
  /**
   * A window and its count.
   *
   * @param from place of its first entry
   * @param to place of its last
   * @param value events, distinct values or steps
   */
  record Window(int from, int to, long value) {}

  /**
   * The window of the highest count among those that hold the entry at a place; of equals, the
   * earliest. A window is as long as the span at most, both ends with.
   */
  Window best(Ring ring, int place, long span);

  /** The way a correlation counts, for one of its groups. */
  static Tally of(SigmaCorrelation correlation) {
    return switch (correlation.type()) {
      case EVENT_COUNT -> Tally::events;
      case VALUE_COUNT, TEMPORAL -> new ValueTally();
      case TEMPORAL_ORDERED -> new StepTally(correlation.rules());
    };
  }

  private static Window events(Ring ring, int place, long span) {
    Window best = new Window(place, place, 0);
    int from = ring.firstFrom(ring.get(place).at - span);
    long latest = ring.get(place).at + span;
    for (int to = place; to < ring.size() && ring.get(to).at <= latest; to++) {
      while (ring.get(from).at < ring.get(to).at - span) {
        from++;
      }
      long value = ring.weight(from, to);
      best = value > best.value() ? new Window(from, to, value) : best;
    }
    return best;
  }
}
