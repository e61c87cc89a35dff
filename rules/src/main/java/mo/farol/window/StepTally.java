package mo.farol.window;

import java.util.Arrays;
import java.util.List;

/**
 * Counts how many of a row of rules, from the first on, stand in order within the span. A hit's
 * value is its rule. For each step it keeps the hit where the latest row that came so far starts.
 */
final class StepTally implements Tally {
  private final int[] rules; // of each step, by its first place in the list
  private final long[] starts; // by Ring.forgotten() + place; -1 where there is none
  private long next; // first hit not yet followed
  private int version = -1;

  StepTally(List<String> rules) {
    this.rules = rules.stream().mapToInt(rules::indexOf).toArray();
    starts = new long[rules.size()];
  }

  @Override
  public Window best(Ring ring, int place, long span) {
    boolean last = place == ring.size() - 1;
    if (!last || version != ring.version() || next != ring.forgotten() + place) {
      int from = ring.firstFrom(ring.at(place) - span);
      var best = again(ring, from, ring.size() - 1, place, span);
      version = ring.version();
      return best;
    }
    next++;
    return follow(ring, place, place, span, new Window(place, place, 0));
  }

  @Override
  public Window whole(Ring ring, int from, int to) {
    var best = again(ring, from, to, from, ring.at(to) - ring.at(from));
    version = -1;
    return new Window(from, to, best.value());
  }

  /** Follows the hits from the start; needed when one came late or moved. */
  private Window again(Ring ring, int from, int last, int place, long span) {
    Arrays.fill(starts, -1);
    Window best = new Window(place, place, 0);
    for (int to = from; to <= last; to++) {
      best = follow(ring, to, place, span, best);
    }
    next = ring.forgotten() + last + 1;
    return best;
  }

  private Window follow(Ring ring, int to, int place, long span, Window best) {
    for (int step = rules.length - 1; step >= 0; step--) {
      if (rules[step] == ring.value(to)) {
        starts[step] = step == 0 ? ring.forgotten() + to : starts[step - 1];
      }
    }
    boolean holdsPlace = to >= place && ring.at(to) - ring.at(place) <= span;
    return holdsPlace ? better(ring, to, place, span, best) : best;
  }

  private Window better(Ring ring, int to, int place, long span, Window best) {
    for (int step = rules.length - 1; step >= best.value(); step--) {
      int start = (int) (starts[step] - ring.forgotten());
      if (starts[step] >= ring.forgotten() && ring.firstAt(to) - ring.at(start) <= span) {
        return new Window(Math.min(start, place), to, step + 1);
      }
    }
    return best;
  }

  @Override
  public void forget() {
    version = -1;
  }
}
