package mo.farol.hunt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import mo.farol.store.Clause;

/**
 * Clauses joined, so that each finds no less than what it stands for: {@link Clause.All} where
 * nothing is known.
 */
final class Clauses {
  static final Clause ALL = new Clause.All();
  static final Clause NONE = new Clause.Or(List.of());

  private Clauses() {}

  static boolean isAll(Clause clause) {
    return clause instanceof Clause.All;
  }

  static boolean isNone(Clause clause) {
    return clause instanceof Clause.Or(var parts) && parts.isEmpty();
  }

  /** Each of these. */
  static Clause all(List<Clause> parts) {
    var some = new LinkedHashSet<Clause>();
    for (var part : parts) {
      if (isNone(part)) {
        return NONE;
      }
      if (part instanceof Clause.And(var inner)) {
        some.addAll(inner);
      } else if (!isAll(part)) {
        some.add(part);
      }
    }
    return some.isEmpty() ? ALL : some.size() == 1 ? some.getFirst() : new Clause.And(list(some));
  }

  /** One of these; values of one field are put together. */
  static Clause any(List<Clause> parts) {
    var values = new LinkedHashMap<String, LinkedHashSet<String>>();
    var some = new LinkedHashSet<Clause>();
    var anywhere = new LinkedHashSet<String>();
    for (var part : flat(parts)) {
      switch (part) {
        case Clause.Kept.Anywhere(var texts) -> anywhere.addAll(texts);
        case Clause.All _ -> {
          return ALL;
        }
        case Clause.Kept.OneOf(var field, var list) ->
            values.computeIfAbsent(field, _ -> new LinkedHashSet<>()).addAll(list);
        default -> some.add(part);
      }
    }
    if (!anywhere.isEmpty()) {
      some.add(new Clause.Kept.Anywhere(List.copyOf(anywhere)));
    }
    values.forEach((field, list) -> some.add(new Clause.Kept.OneOf(field, List.copyOf(list))));
    return some.isEmpty() ? NONE : some.size() == 1 ? some.getFirst() : new Clause.Or(list(some));
  }

  private static List<Clause> flat(List<Clause> parts) {
    var flat = new ArrayList<Clause>();
    for (var part : parts) {
      if (part instanceof Clause.Or(var inner)) {
        flat.addAll(inner);
      } else {
        flat.add(part);
      }
    }
    return flat;
  }

  private static List<Clause> list(Collection<Clause> some) {
    return List.copyOf(some);
  }

  /** How many questions about values it holds. */
  static int size(Clause clause) {
    return switch (clause) {
      case Clause.And(var parts) -> parts.stream().mapToInt(Clauses::size).sum();
      case Clause.Or(var parts) -> parts.stream().mapToInt(Clauses::size).sum();
      case Clause.Not(var part) -> size(part);
      default -> 1;
    };
  }

  /** One that finds no less, in which no choice has more parts than some: the field will do. */
  static Clause thinned(Clause clause, int most) {
    return switch (clause) {
      case Clause.And(var parts) -> all(parts.stream().map(part -> thinned(part, most)).toList());
      case Clause.Or(var parts) when size(clause) > most -> any(fields(parts));
      default -> clause;
    };
  }

  private static List<Clause> fields(List<Clause> parts) {
    Map<Clause, Clause> some = new LinkedHashMap<>();
    for (var part : parts) {
      var field = field(part);
      some.put(field, field);
    }
    return List.copyOf(some.keySet());
  }

  private static Clause field(Clause part) {
    return switch (part) {
      case Clause.Wildcard(var field, _, _) -> new Clause.Exists(field, 1);
      case Clause.Regex(var field, _, _) -> new Clause.Exists(field, 1);
      case Clause.Term(var field, _, _) -> new Clause.Exists(field, 1);
      case Clause.Range range -> new Clause.Exists(range.field(), 1);
      case Clause.Cidr(var field, _, _) -> new Clause.Exists(field, 1);
      case Clause.Exists exists -> exists;
      case Clause.Kept.OneOf one -> one;
      case Clause.And(var inner) -> inner.stream().map(Clauses::field).findFirst().orElse(ALL);
      default -> ALL;
    };
  }
}
