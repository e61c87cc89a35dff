package mo.farol.window;

import java.util.List;
import mo.farol.sigma.Figures;

/**
 * The row of longs that a hit becomes, see {@link Ring}. One for each table, filled anew with every
 * hit.
 */
final class HitRow {
  private final SipHash hash;
  private final Counts counts;
  private final long[] longs = new long[Ring.VALUE + 2];

  HitRow(Workshop shop) {
    hash = shop.hash();
    counts = shop.counts();
  }

  long[] longs() {
    return longs;
  }

  /** Makes the row of a hit; says whether it has what is to be counted. */
  boolean fill(CompiledCorrelation rule, Hit hit) {
    longs[Ring.AT] = hit.at();
    longs[Ring.EVENT] = hit.event();
    Shown.write(hit, hash, longs, Ring.SHOWN);
    var correlation = rule.correlation();
    if (correlation.fields().isEmpty()) {
      longs[Ring.VALUE] = rule.step(hit);
      return true;
    }
    var values = rule.fields(hit);
    if (values.isEmpty()) {
      counts.fieldless.increment();
      return false;
    }
    return correlation.isNumeric() ? number(values.get().getFirst()) : hash(values.get());
  }

  private boolean number(String text) {
    double number = Figures.read(text);
    longs[Ring.VALUE] = Double.doubleToLongBits(number);
    if (Double.isNaN(number)) {
      counts.numberless.increment();
    }
    return !Double.isNaN(number);
  }

  private boolean hash(List<String> values) {
    hash.start();
    values.forEach(hash::part);
    longs[Ring.VALUE] = hash.end().first();
    longs[Ring.VALUE + 1] = hash.second();
    return true;
  }
}
