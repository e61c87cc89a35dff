package mo.farol.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
  Optional<Partial> partial(Collection<Integer> told) {
    boolean estimated = told.stream().map(this::of).anyMatch(s -> s != null && s.isEstimate());
    return estimated ? Optional.of(new Partial(Partial.Kind.ESTIMATED, most, 0)) : Optional.empty();
  }

  private @Nullable Spread of(int group) {
    return group < spreads.length ? spreads[group] : null;
  }
}
