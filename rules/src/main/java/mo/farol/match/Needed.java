package mo.farol.match;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the texts that a part of a regular expression finds.
 *
 * @param exact all of them, folded, where they are few; else null
 * @param needed of these at least one stands in each; null where nothing is known
 */
record Needed(@Nullable Set<String> exact, @Nullable Set<String> needed) {
  private static final int FEW = 24;

  /** Could be anything. */
  static final Needed ANYTHING = new Needed(null, null);

  /** Nothing at all, as an anchor finds. */
  static final Needed EMPTY = new Needed(Set.of(""), null);

  static Needed text(String text) {
    return new Needed(Set.of(text), null);
  }

  /** All of these, one after the other. */
  static Needed inOrder(List<Needed> parts) {
    Set<String> run = Set.of(""); // what stands side by side, since the last part that is not exact
    Set<String> best = null;
    boolean whole = true;
    for (Needed part : parts) {
      var next = part.exact;
      if (next != null && run.size() * next.size() <= FEW) {
        run = joined(run, next);
      } else {
        best = better(better(best, run), part.needed);
        run = next == null ? Set.of("") : next;
        whole = false;
      }
    }
    return whole ? new Needed(run, null) : new Needed(null, better(best, run));
  }

  private static Set<String> joined(Set<String> here, Set<String> there) {
    var both = new LinkedHashSet<String>();
    here.forEach(a -> there.forEach(b -> both.add(a + b)));
    return both;
  }

  /** This or that. */
  Needed or(Needed other) {
    var here = exact;
    var there = other.exact;
    if (here != null && there != null && here.size() + there.size() <= FEW) {
      return new Needed(union(here, there), null);
    }
    var a = best();
    var b = other.best();
    return new Needed(null, a == null || b == null ? null : union(a, b));
  }

  /** This, several times, at least once. */
  Needed repeated() {
    return new Needed(null, best());
  }

  /** The best that is needed, the exact texts included. */
  @Nullable Set<String> best() {
    return better(exact, needed);
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    var both = new LinkedHashSet<>(a);
    both.addAll(b);
    return both;
  }

  private static @Nullable Set<String> better(@Nullable Set<String> a, @Nullable Set<String> b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return worth(a) >= worth(b) ? a : b;
  }

  /** Long texts are worth more than short ones, few more than many. */
  private static double worth(Set<String> texts) {
    return shortest(texts) - Math.log(texts.size()) / 2;
  }

  private static int shortest(Set<String> texts) {
    return texts.stream().mapToInt(String::length).min().orElse(0);
  }
}
