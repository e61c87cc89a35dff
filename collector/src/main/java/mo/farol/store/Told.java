package mo.farol.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Which groups are told, in which order, and as what. */
final class Told {
  private static final int CHECK = (1 << 10) - 1;

  private final Grouping grouping;
  private final List<GroupKey> keys;
  private final List<Tally> tallies;
  private final GroupKeys groups;

  Told(Grouping grouping, List<GroupKey> keys, List<Tally> tallies, GroupKeys groups) {
    this.grouping = grouping;
    this.keys = keys;
    this.tallies = tallies;
    this.groups = groups;
  }

  /** The groups to be told, in order. */
  List<Integer> kept(Deadline deadline) {
    var order = order();
    var last = new PriorityQueue<Integer>(order.reversed());
    for (int group = 0; group < groups.count(); group++) {
      if ((group & CHECK) == CHECK) {
        deadline.check();
      }
      if (last.size() < grouping.keep()) {
        last.add(group);
      } else if (order.compare(group, last.element()) < 0) {
        last.remove();
        last.add(group);
      }
    }
    var kept = new ArrayList<>(last);
    kept.sort(order);
    return kept;
  }

  List<Found.Group> rows(List<Integer> kept) {
    return kept.stream().map(this::row).toList();
  }

  private Found.Group row(int group) {
    var cells = new ArrayList<Cell>();
    for (int i = 0; i < keys.size(); i++) {
      cells.add(keys.get(i).cell(groups.key(group, i)));
    }
    tallies.forEach(tally -> tally.cells(group, cells::add));
    return new Found.Group(cells);
  }

  private Comparator<Integer> order() {
    double[] weights = weights();
    return switch (grouping.order()) {
      case KEYS -> this::compare;
      case MOST -> byWeight(weights, true).thenComparing(this::compare);
      case LEAST -> byWeight(weights, false).thenComparing(this::compare);
    };
  }

  private double[] weights() {
    double[] weights = new double[groups.count()];
    for (int group = 0; group < weights.length; group++) {
      weights[group] = tallies.getFirst().weight(group);
    }
    return weights;
  }

  // What has no number comes last either way.
  private static Comparator<Integer> byWeight(double[] weights, boolean most) {
    return (one, other) -> {
      double first = weights[one];
      double second = weights[other];
      if (Double.isNaN(first) || Double.isNaN(second)) {
        return Boolean.compare(Double.isNaN(first), Double.isNaN(second));
      }
      return most ? Double.compare(second, first) : Double.compare(first, second);
    };
  }

  private int compare(int one, int other) {
    for (int i = 0; i < keys.size(); i++) {
      int order = keys.get(i).compare(groups.key(one, i), groups.key(other, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
