package mo.farol.silence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every source by its name. Of too many those go that are hardly known, of the agency that has more
 * than its share: so a flood of invented hosts pushes out its own, and no source of others, nor one
 * that was heard for long and falls silent. Guarded by its owner's lock.
 */
final class SourceTable {
  private final int most;
  // Least recently heard first.
  private final Map<HostKey, Heard> all = new LinkedHashMap<>(256, 0.75f, true);
  private final Map<String, Map<HostKey, Heard>> fresh = new HashMap<>();
  private final Map<String, Integer> sizes = new HashMap<>();

  SourceTable(int most) {
    this.most = most;
  }

  Collection<Heard> values() {
    return all.values();
  }

  @Nullable Heard get(HostKey key) {
    var one = all.get(key);
    if (one != null && !one.settled) {
      fresh(one).computeIfPresent(key, (_, same) -> same); // heard last
    }
    return one;
  }

  /** Adds one that is not there. */
  void put(HostKey key, Heard one) {
    all.put(key, one);
    sizes.merge(one.source.agency(), 1, Integer::sum);
    if (!one.settled) {
      fresh(one).put(key, one);
    }
  }

  /** One is known well from now on. */
  void settle(HostKey key, Heard one) {
    one.settled = true;
    fresh(one).remove(key);
  }

  /** Lets go of those that are too many; gives them. */
  List<Heard> shrink(String arrived) {
    var gone = new ArrayList<Heard>();
    while (all.size() > most) {
      var key = leaves(arrived);
      var one = all.remove(key);
      if (one != null) {
        fresh(one).remove(key);
        sizes.merge(one.source.agency(), -1, Integer::sum);
        sizes.remove(one.source.agency(), 0);
        gone.add(one);
      }
    }
    return gone;
  }

  private HostKey leaves(String arrived) {
    int share = most / Math.max(1, sizes.size());
    String agency = size(arrived) > share ? arrived : largest();
    return first(fresh.getOrDefault(agency, Map.of()))
        .or(() -> oldest(agency))
        .orElseGet(() -> all.keySet().iterator().next());
  }

  private int size(String agency) {
    return sizes.getOrDefault(agency, 0);
  }

  private String largest() {
    return sizes.entrySet().stream()
        .max(Comparator.comparingInt(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .orElse("");
  }

  private static Optional<HostKey> first(Map<HostKey, Heard> some) {
    return some.keySet().stream().findFirst();
  }

  private Optional<HostKey> oldest(String agency) {
    return all.entrySet().stream()
        .filter(each -> each.getValue().source.agency().equals(agency))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Map<HostKey, Heard> fresh(Heard one) {
    return fresh.computeIfAbsent(one.source.agency(), _ -> new LinkedHashMap<>(16, 0.75f, true));
  }

  /** Where there is no more room, lets go of those not heard since a time; gives them. */
  List<Heard> forget(long before) {
    var gone = new ArrayList<Heard>();
    if (all.size() >= most) {
      for (var each : List.copyOf(all.entrySet())) {
        if (each.getValue().lastAt < before) {
          all.remove(each.getKey());
          fresh(each.getValue()).remove(each.getKey());
          sizes.merge(each.getValue().source.agency(), -1, Integer::sum);
          gone.add(each.getValue());
        }
      }
    }
    return gone;
  }
}
