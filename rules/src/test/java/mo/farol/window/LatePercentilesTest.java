package mo.farol.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Hits that come behind hundreds of others, against a reckoner that sorts every window. */
class LatePercentilesTest {
  private static final long SPAN = 100_000;

  @Test
  void a_late_hit_has_the_highest_percentile_of_its_windows_and_of_equals_the_earliest() {
    long seed = Play.seed();
    for (double percentile : new double[] {0.001, 20, 50, 95, 100}) {
      var random = new Random(seed);
      var ring = new Ring(1);
      var tally = new PercentileTally(percentile);
      long now = 0;
      for (int i = 0; i < 1_600; i++) {
        now += random.nextInt(200);
        boolean late = i > 400 && i % 60 == 0;
        long at = late ? now - random.nextLong(SPAN) : now;
        if (i == 1_000) {
          Downsampling.of(ring, SPAN, false, false); // some stand for several from here on
        }
        ring.forgetBefore(now - 2 * SPAN);
        int place = ring.insert(row(at, i, random, i < 800 ? 7 : 100_000), List.of());
        var found = tally.best(ring, place, SPAN);
        if (late || i % 50 == 0) {
          assertThat(found).as("hit %d of seed %d", i, seed).isEqualTo(best(ring, i, percentile));
        }
      }
    }
  }

  private static long[] row(long at, long event, Random random, int values) {
    var row = new long[Ring.VALUE + 1];
    row[Ring.AT] = at;
    row[Ring.EVENT] = event;
    row[Ring.VALUE] = Double.doubleToLongBits(random.nextInt(values) - values / 2.0);
    return row;
  }

  private static Tally.Window best(Ring ring, long event, double percentile) {
    int place = 0;
    while (ring.event(place) != event) {
      place++;
    }
    var best = new Tally.Window(0, 0, Double.NEGATIVE_INFINITY);
    for (int to = place; to < ring.size() && ring.at(to) <= ring.at(place) + SPAN; to++) {
      int from = ring.firstFrom(ring.at(to) - SPAN);
      double value = percentile(ring, from, to, percentile);
      best = value > best.value() ? new Tally.Window(from, to, value) : best;
    }
    return best;
  }

  private static double percentile(Ring ring, int from, int to, double percentile) {
    int count = (int) ring.weight(from, to);
    double[] sorted = new double[count];
    int n = 0;
    for (int i = from; i <= to; i++) {
      Arrays.fill(sorted, n, n + (int) ring.weight(i), ring.number(i));
      n += (int) ring.weight(i);
    }
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percentile / 100 * count - 1e-9);
    return sorted[Math.max(0, rank - 1)];
  }
}
