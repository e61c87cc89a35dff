package mo.farol.hunt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What one pack found and the other did not. For one thread. */
final class Comparing {
  private static final int MOST = 1_000;

  private final List<HuntHit> gainedHits = new ArrayList<>();
  private final List<HuntHit> lostHits = new ArrayList<>();
  private long before;
  private long gained;
  private long lost;

  /**
   * @param rule empty where not both packs have a correlation of this id
   */
  private record Key(
      String rule, String agency, String lane, boolean exercise, Map<String, String> values) {}

  /** An event that both looked at; each has none or some hits. */
  void event(List<HuntHit> now, List<HuntHit> then) {
    before += then.isEmpty() ? 0 : 1;
    if (now.isEmpty() && !then.isEmpty()) {
      lose(then.getFirst());
    } else if (then.isEmpty() && !now.isEmpty()) {
      gain(now.getFirst());
    }
  }

  /**
   * Groups that crossed on each pack: those of one group that lie over one another are the same.
   */
  void groups(HuntRules now, HuntRules then) {
    before += then.rows().count();
    var ofNow = now.rows().hits();
    var ofThen = then.rows().hits();
    Predicate<String> inBoth = id -> now.hasCorrelation(id) && then.hasCorrelation(id);
    var nowByKey = index(ofNow, inBoth);
    var thenByKey = index(ofThen, inBoth);
    ofNow.stream().filter(hit -> !isIn(thenByKey, hit, inBoth)).forEach(this::gain);
    ofThen.stream().filter(hit -> !isIn(nowByKey, hit, inBoth)).forEach(this::lose);
  }

  private void gain(HuntHit hit) {
    gained++;
    keep(gainedHits, hit);
  }

  private void lose(HuntHit hit) {
    lost++;
    keep(lostHits, hit);
  }

  private static void keep(List<HuntHit> into, HuntHit hit) {
    if (into.size() < MOST) {
      into.add(hit);
    }
  }

  private static Map<Key, NavigableMap<Instant, HuntGroup>> index(
      List<HuntHit> hits, Predicate<String> inBoth) {
    var index = new HashMap<Key, NavigableMap<Instant, HuntGroup>>();
    for (var hit : hits) {
      var group = hit.group().orElseThrow();
      index
          .computeIfAbsent(key(hit, group, inBoth), _ -> new TreeMap<>())
          .put(group.firstAt(), group);
    }
    return index;
  }

  private static boolean isIn(
      Map<Key, NavigableMap<Instant, HuntGroup>> index, HuntHit hit, Predicate<String> inBoth) {
    var group = hit.group().orElseThrow();
    var same = index.get(key(hit, group, inBoth));
    var last = same == null ? null : same.floorEntry(group.lastAt());
    return last != null && !last.getValue().lastAt().isBefore(group.firstAt());
  }

  private static Key key(HuntHit hit, HuntGroup group, Predicate<String> inBoth) {
    return new Key(
        inBoth.test(hit.what()) ? hit.what() : "",
        hit.agency(),
        group.lane(),
        group.exercise(),
        group.values());
  }

  HuntResult.Comparison result() {
    return new HuntResult.Comparison(before, gained, lost, gainedHits, lostHits);
  }
}
