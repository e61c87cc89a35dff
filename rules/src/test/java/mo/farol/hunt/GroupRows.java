package mo.farol.hunt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mo.farol.window.Crossing;

/** Counted groups as rows of text: how many hits, from when to when. */
final class GroupRows {
  private GroupRows() {}

  /** Rows by rule, agency, lane and group, as a hunt tells them. */
  static Map<String, List<String>> of(HuntResult result) {
    var rows = new TreeMap<String, List<String>>();
    for (var hit : result.hits()) {
      var group = hit.group().orElseThrow();
      rows.computeIfAbsent(
              hit.what() + hit.agency() + group.lane() + group.values(), _ -> new ArrayList<>())
          .add(row(group.count(), group.firstAt(), group.lastAt()));
    }
    return rows;
  }

  /** The same of crossings: those of one group that lie over one another are one row. */
  static Map<String, List<String>> of(List<Crossing> crossings) {
    var groups = new TreeMap<String, List<Crossing>>();
    for (var c : crossings) {
      groups
          .computeIfAbsent(
              c.rule().id() + c.agency() + c.lane() + c.group(), _ -> new ArrayList<>())
          .add(c);
    }
    var rows = new TreeMap<String, List<String>>();
    groups.forEach((group, all) -> rows.put(group, merged(all)));
    return rows;
  }

  private static List<String> merged(List<Crossing> all) {
    var rows = new ArrayList<String>();
    long count = 0;
    Instant firstAt = Instant.MAX;
    Instant lastAt = Instant.MIN;
    for (var c : all) {
      if (c.firstAt().isAfter(lastAt)) {
        if (count > 0) {
          rows.add(row(count, firstAt, lastAt));
        }
        count = 0;
        firstAt = c.firstAt();
        lastAt = c.lastAt();
      }
      count = Math.max(count, c.count());
      firstAt = firstAt.isBefore(c.firstAt()) ? firstAt : c.firstAt();
      lastAt = lastAt.isAfter(c.lastAt()) ? lastAt : c.lastAt();
    }
    rows.add(row(count, firstAt, lastAt));
    return rows;
  }

  private static String row(long count, Instant firstAt, Instant lastAt) {
    return count + " from " + firstAt + " to " + lastAt;
  }
}
