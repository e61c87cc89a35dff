package mo.farol.search;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import mo.farol.pipe.Columns;
import mo.farol.pipe.Pipe;

/** Which fields of events stages need, up to the first that leaves other columns. */
final class Needs {
  private Needs() {}

  static List<String> of(List<Pipe> pipes) {
    var needed = new LinkedHashSet<String>();
    for (var pipe : pipes) {
      if (add(pipe, needed)) {
        return List.copyOf(needed);
      }
    }
    var all = new LinkedHashSet<>(Columns.OF_EVENTS);
    all.addAll(needed);
    return List.copyOf(all);
  }

  // Whether the stage leaves other columns than it was given.
  private static boolean add(Pipe pipe, Set<String> into) {
    return switch (pipe) {
      case Pipe.Group(var keys, var told, _) -> {
        keys.forEach(
            by -> into.add(by instanceof Pipe.By.Values(var name) ? name.text() : Columns.TIME));
        told.stream().map(t -> t.name().text()).filter(n -> !n.isEmpty()).forEach(into::add);
        boolean byTime =
            told.stream().anyMatch(t -> t.kind() == Pipe.Kind.FIRST || t.kind() == Pipe.Kind.LAST);
        if (byTime) {
          into.add(Columns.TIME);
        }
        yield true;
      }
      case Pipe.Top top -> add(top.names(), into, true);
      case Pipe.Fields fields -> add(fields.names(), into, true);
      case Pipe.Dedup dedup -> add(dedup.names(), into, false);
      case Pipe.Sort sort ->
          add(sort.orders().stream().map(Pipe.Order::name).toList(), into, false);
      case Pipe.Limit _, Pipe.Where _ -> false;
    };
  }

  private static boolean add(List<Pipe.Name> names, Set<String> into, boolean last) {
    names.forEach(name -> into.add(name.text()));
    return last;
  }
}
