package mo.farol.window;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Who holds how much of what all agencies share. Past a bound the agency that holds most gives way:
 * so each has at least its part, whatever the others do.
 */
final class Shares {
  /** What the windows of one agency hold. */
  static final class Share {
    private final Set<Table> tables = new LinkedHashSet<>(); // that hold groups
    private long groups;
    private long longs;
  }

  private final WindowConfig config;
  private final Counts counts;
  private final Map<String, Share> agencies = new HashMap<>();
  private int turn;

  Shares(WindowConfig config, Counts counts) {
    this.config = config;
    this.counts = counts;
  }

  /** Counts what a table holds more than before, or less. */
  void add(Table table, long groups, long longs) {
    var share = agencies.computeIfAbsent(table.lane().key().agency(), _ -> new Share());
    share.groups += groups;
    share.longs += longs;
    counts.groups.addAndGet(groups);
    counts.longs.addAndGet(longs);
    if (groups > 0) {
      share.tables.add(table);
    } else if (groups < 0 && table.size() == 0) {
      share.tables.remove(table);
    }
  }

  /** Forgets all: others take the place of what was counted. */
  void clear() {
    agencies.clear();
    counts.groups.set(0);
    counts.longs.set(0);
  }

  /** Begins with another hit: the groups that it touches don't give way to it. */
  void next() {
    turn++;
  }

  int turn() {
    return turn;
  }

  /** Lets groups go until all bounds hold. To be called while no group is at work. */
  void makeRoom(Report out) {
    while (counts.groups.get() > config.groups()
        && giveWay("groups", share -> share.groups, Table::size, out)) {}
    while (counts.longs.get() > config.memory() / Long.BYTES
        && giveWay("memory", share -> share.longs, Table::longs, out)) {}
  }

  private boolean giveWay(
      String bound, ToLongFunction<Share> held, ToLongFunction<Table> ofTable, Report out) {
    Share most = null;
    for (Share each : agencies.values()) {
      most = most == null || held.applyAsLong(each) > held.applyAsLong(most) ? each : most;
    }
    var table = most == null ? null : greatest(most, ofTable);
    if (table != null) {
      table.evict(bound, out);
    }
    return table != null;
  }

  private @Nullable Table greatest(Share share, ToLongFunction<Table> held) {
    Table greatest = null;
    for (Table each : share.tables) {
      boolean more = greatest == null || held.applyAsLong(each) > held.applyAsLong(greatest);
      greatest = more && each.canGiveWay(turn) ? each : greatest;
    }
    return greatest;
  }
}
