package mo.farol.window;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mo.farol.event.Micros;
import mo.farol.sigma.SigmaCorrelation;

/** The groups of one correlation for one agency and lane. */
final class Table {
  /** Values are kept up to this length; a longer one by its start and a hash of it all. */
  private static final int VALUE = 200;

  private final CompiledCorrelation rule;
  private final Lane lane;
  private final WindowConfig config;
  private final long span;
  private final long pace;
  private final Map<List<String>, Group> groups = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<Group> owing = new LinkedHashSet<>();

  Table(CompiledCorrelation rule, Lane lane, WindowConfig config) {
    this.rule = rule;
    this.lane = lane;
    this.config = config;
    span = rule.correlation().span().toNanos() / 1_000;
    pace = config.pace().toNanos() / 1_000;
  }

  /** Counts a hit and hands out what became due. */
  void take(Hit hit, Counts counts, Report out) {
    var key = rule.key(hit);
    var value = rule.value(hit);
    if (key.isEmpty() || value.isEmpty()) {
      counts.withoutFields().increment();
      return;
    }
    var group = group(cut(key.get()), counts, out);
    if (group.isTooLate(hit.at())) {
      counts.late().increment();
      return;
    }
    if (group.isDue(hit.at())) {
      report(group, out);
    }
    if (group.take(new Entry(hit, cut(value.get())), lane.watermark())) {
      report(group, out);
    } else if (group.owes()) {
      owing.add(group);
    }
  }

  private Group group(List<String> key, Counts counts, Report out) {
    var known = groups.get(key);
    if (known != null) {
      return known;
    }
    expire(lane.watermark(), counts, out);
    if (groups.size() >= config.groupsPerRule() || counts.groups().get() >= config.groups()) {
      evict(counts, out);
    }
    var group = new Group(this, key, config.hits());
    groups.put(key, group);
    counts.groups().incrementAndGet();
    return group;
  }

  private void evict(Counts counts, Report out) {
    var oldest = groups.values().iterator();
    if (oldest.hasNext()) {
      counts.overflow().increment();
      remove(oldest.next(), counts, out);
    }
  }

  /**
   * Lets go of groups that no hit touched while event time went on by three spans: so a hit up to
   * two spans behind its lane still finds all it can share a window with.
   */
  void expire(long watermark, Counts counts, Report out) {
    var old = new ArrayList<Group>();
    for (Group group : groups.values()) {
      if (watermark - group.touched() <= 3 * span) {
        break; // the map is in the order of touching
      }
      old.add(group);
    }
    old.forEach(group -> remove(group, counts, out));
  }

  private void remove(Group group, Counts counts, Report out) {
    if (group.owes()) {
      report(group, out);
    }
    groups.remove(group.key());
    counts.groups().decrementAndGet();
  }

  /** Hands out what is owed, where its pace has gone by; or all of it. */
  void settle(long watermark, boolean all, Report out) {
    for (Group group : List.copyOf(owing)) {
      if (!group.owes()) {
        owing.remove(group);
      } else if (all || group.isDue(watermark)) {
        report(group, out);
      }
    }
  }

  private void report(Group group, Report out) {
    owing.remove(group);
    group.report(out);
  }

  private static List<String> cut(List<String> values) {
    return values.stream().map(Table::cut).toList();
  }

  private static String cut(String value) {
    return value.length() <= VALUE
        ? value
        : value.substring(0, VALUE) + "…" + Integer.toHexString(value.hashCode());
  }

  SigmaCorrelation correlation() {
    return rule.correlation();
  }

  Lane lane() {
    return lane;
  }

  long span() {
    return span;
  }

  long pace() {
    return pace;
  }

  int size() {
    return groups.size();
  }

  @Override
  public String toString() {
    return rule.correlation().ref().id() + " at " + Micros.toInstant(Math.max(0, lane.watermark()));
  }
}
