package mo.farol.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** Percentiles of numbers. */
final class SpreadTally extends ColumnTally {
  private static final int BYTES_A_GROUP = 120;

  private final List<Double> percents;
  private final DoubleFunction<Cell> cell;
  private final int most;
  private final Budget budget;
  private @Nullable Spread[] spreads = new @Nullable Spread[64];

  /**
   * @param most numbers of a group from which percentiles are exact
   */
  SpreadTally(
      List<Double> percents, Source source, DoubleFunction<Cell> cell, int most, Budget budget) {
    super(source);
    this.percents = percents;
    this.cell = cell;
    this.most = most;
    this.budget = budget;
  }

  @Override
  void add(int group, long code) {
    if (group >= spreads.length) {
      spreads = Arrays.copyOf(spreads, Math.max(group + 1, spreads.length * 2));
    }
    var spread = spreads[group];
    if (spread == null) {
      spread = new Spread(most, budget);
      spreads[group] = spread;
    }
    spread.add(Double.longBitsToDouble(code));
  }

  @Override
  long bytes() {
    return BYTES_A_GROUP;
  }

  @Override
  void cells(int group, Consumer<Cell> into) {
    var spread = of(group);
    for (double percent : percents) {
      into.accept(spread == null ? Cell.Empty.EMPTY : cell.apply(spread.at(percent)));
    }
  }

  @Override
  double weight(int group) {
    var spread = of(group);
    return spread == null ? Double.NaN : spread.at(percents.getFirst());
  }

  @Override
  List<Partial> partial(Collection<Integer> told) {
    var partial = new ArrayList<Partial>();
    var of = told.stream().map(this::of).filter(Objects::nonNull).toList();
    if (of.stream().anyMatch(Spread::isEstimate)) {
      partial.add(new Partial(Partial.Kind.ESTIMATED, most, 0));
    }
    long dropped = of.stream().mapToLong(Spread::dropped).sum();
    if (dropped > 0) {
      partial.add(new Partial(Partial.Kind.DROPPED, dropped, 0));
    }
    return partial;
  }

  private @Nullable Spread of(int group) {
    return group < spreads.length ? spreads[group] : null;
  }
}
