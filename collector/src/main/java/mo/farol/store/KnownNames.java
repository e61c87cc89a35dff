package mo.farol.store;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import mo.farol.event.Scope;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;

/**
 * Names of the fields that events have, of each agency and of all together. A segment is read for
 * them once, so asking again costs only what was written since. What was removed is known on, for a
 * day at most. Any thread.
 */
final class KnownNames {
  private static final long KEPT_NANOS = TimeUnit.DAYS.toNanos(1);

  private static final class Known {
    private final long since = System.nanoTime();
    private final NavigableSet<String> names = new ConcurrentSkipListSet<>();
    private final Set<IndexReader.CacheKey> read = ConcurrentHashMap.newKeySet();

    boolean isOld() {
      return System.nanoTime() - since > KEPT_NANOS;
    }
  }

  private final Map<Scope, Known> known = new ConcurrentHashMap<>();
  // One object, so that a segment read for several agencies has it once.
  private final IndexReader.ClosedListener drop =
      core -> known.values().forEach(each -> each.read.remove(core));

  /**
   * Takes in the names of a segment that this scope may see, unless they were read before.
   *
   * @return false where the deadline came first
   */
  boolean read(LeafReader reader, Scope scope, Deadline deadline) throws IOException {
    for (var one : parts(scope)) {
      if (!read(reader, one, of(one), deadline)) {
        return false;
      }
    }
    return true;
  }

  /** What is known by now, those that start with a prefix. */
  NavigableSet<String> names(String prefix, Scope scope) {
    var parts = parts(scope);
    if (parts.size() == 1) {
      var all = Collections.unmodifiableNavigableSet(of(parts.getFirst()).names);
      return prefix.isEmpty() ? all : startingWith(prefix, all);
    }
    var all = new TreeSet<String>();
    parts.forEach(one -> all.addAll(startingWith(prefix, of(one).names)));
    return all;
  }

  private boolean read(LeafReader reader, Scope one, Known into, Deadline deadline)
      throws IOException {
    var core = reader.getCoreCacheHelper();
    if (core != null && into.read.contains(core.getKey())) {
      return true;
    }
    if (deadline.isOver() || !FieldNames.collect(reader, one, into.names, deadline)) {
      return false;
    }
    if (core != null) {
      into.read.add(core.getKey());
      core.addClosedListener(drop);
    }
    return true;
  }

  private Known of(Scope one) {
    return known.compute(one, (_, was) -> was == null || was.isOld() ? new Known() : was);
  }

  private static List<Scope> parts(Scope scope) {
    return switch (scope) {
      case Scope.National _ -> List.of(scope);
      case Scope.Agencies(var ids) when ids.size() == 1 -> List.of(scope);
      case Scope.Agencies(var ids) -> ids.stream().<Scope>map(Scope::of).toList();
    };
  }

  private static NavigableSet<String> startingWith(String prefix, NavigableSet<String> names) {
    var some = new TreeSet<String>();
    for (String name : names.tailSet(prefix, true)) {
      if (!name.startsWith(prefix)) {
        break;
      }
      some.add(name);
    }
    return some;
  }
}
