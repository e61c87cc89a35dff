package mo.farol.window;

import mo.farol.sigma.SigmaCorrelation;

/** Reckons what the windows of one group come to. */
interface Tally {
  /**
   * A window and what it comes to.
   *
   * @param from place of its first hit
   * @param to place of its last
   * @param value events, distinct values, steps, a sum, a mean, a percentile or a share
   */
  record Window(int from, int to, double value) {}

  /**
   * The window of the highest figure among those that hold the hit at a place; of equals, the
   * earliest. A window ends at a hit and reaches back as far as the span, both ends with.
   */
  Window best(Ring ring, int place, long span);

  /** The window from one place to another, both with. */
  Window whole(Ring ring, int from, int to);

  /** Begins anew with the next hit: another group may have been looked at. */
  default void forget() {}

  /** Longs that it keeps for itself, about. */
  default long longs() {
    return 0;
  }

  /** The way a correlation counts, for one of its groups. */
  static Tally of(SigmaCorrelation correlation) {
    return switch (correlation.type()) {
      case EVENT_COUNT, FAROL_FIRST_SEEN, FAROL_ABSENCE -> new EventTally();
      case VALUE_COUNT -> SlidingTally.distinct(2);
      case TEMPORAL -> SlidingTally.distinct(1);
      case TEMPORAL_ORDERED -> new StepTally(correlation.rules());
      case VALUE_SUM -> new SumTally(false);
      case VALUE_AVG -> new SumTally(true);
      case VALUE_MEDIAN -> new PercentileTally(50);
      case VALUE_PERCENTILE ->
          correlation.isShare()
              ? SlidingTally.share()
              : new PercentileTally(correlation.percentile());
      case FAROL_RARE -> SlidingTally.same();
    };
  }

  /** Longs that the value of a hit takes in a row. */
  static int longs(SigmaCorrelation correlation) {
    return switch (correlation.type()) {
      case EVENT_COUNT, FAROL_FIRST_SEEN -> 0;
      case TEMPORAL, TEMPORAL_ORDERED, FAROL_ABSENCE -> 1;
      case VALUE_SUM, VALUE_AVG, VALUE_MEDIAN -> 1;
      case VALUE_PERCENTILE -> correlation.isShare() ? 2 : 1;
      case VALUE_COUNT, FAROL_RARE -> 2;
    };
  }
}
