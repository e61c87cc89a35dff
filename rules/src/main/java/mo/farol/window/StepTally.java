package mo.farol.window;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts how many of a row of rules, from the first on, stand in order within the span. An entry's
 * value is its rule. For each step it keeps the entry where the latest row that came so far starts.
 */
final class StepTally implements Tally {
  private final List<String> rules;
  private final @Nullable Entry[] starts;
  private long next; // first entry not yet followed, by Ring.forgotten() + place
  private int version = -1;

  StepTally(List<String> rules) {
    this.rules = rules;
    starts = new @Nullable Entry[rules.size()];
  }

  @Override
  public Window best(Ring ring, int place, long span) {
    boolean last = place == ring.size() - 1;
    if (!last || version != ring.version() || next != ring.forgotten() + place) {
      return again(ring, place, span);
    }
    next++;
    return follow(ring, place, place, span, new Window(place, place, 0));
  }

  /** Follows the entries from the start; needed when one came late or moved. */
  private Window again(Ring ring, int place, long span) {
    java.util.Arrays.fill(starts, null);
    Window best = new Window(place, place, 0);
    for (int to = ring.firstFrom(ring.get(place).at - span); to < ring.size(); to++) {
      best = follow(ring, to, place, span, best);
    }
    next = ring.forgotten() + ring.size();
    version = ring.version();
    return best;
  }

  private Window follow(Ring ring, int to, int place, long span, Window best) {
    var entry = ring.get(to);
    for (int step = rules.size() - 1; step >= 0; step--) {
      if (rules.get(step).equals(entry.value)) {
        starts[step] = step == 0 ? entry : starts[step - 1];
      }
    }
    boolean holdsPlace = to >= place && entry.at - ring.get(place).at <= span;
    return holdsPlace ? better(ring, to, place, span, best) : best;
  }

  private Window better(Ring ring, int to, int place, long span, Window best) {
    for (int step = rules.size() - 1; step >= best.value(); step--) {
      var start = starts[step];
      if (start != null && ring.get(to).at - start.at <= span) {
        return new Window(Math.min(ring.placeOf(start), place), to, step + 1);
      }
    }
    return best;
  }
}
