package mo.farol.hunt;

import java.util.ArrayList;
import java.util.List;
import mo.farol.match.LogSources;
import mo.farol.match.RuleSettings;
import mo.farol.sigma.Glob;
import mo.farol.sigma.LogSource;
import mo.farol.store.Clause;

/** How the index is asked for all events of a log source, by the table that routes live ones. */
final class Sources {
  private static final LogSource WINDOWS = new LogSource("windows", "", ""); // as the router has it

  private final RuleSettings settings;
  private final IndexNames names;

  Sources(RuleSettings settings, IndexNames names) {
    this.settings = settings;
    this.names = names;
  }

  /** All where the table doesn't know it: then what nothing in the table knows is of it too. */
  Clause of(LogSource source) {
    var lists = settings.sources().of(source);
    return Clauses.all(
        lists.stream().map(list -> Clauses.any(list.stream().map(this::clause).toList())).toList());
  }

  private Clause clause(LogSources.Clause clause) {
    var parts = new ArrayList<Clause>();
    clause.has().forEach(name -> parts.add(any(List.of(name), "*")));
    clause
        .values()
        .forEach(
            (name, values) -> {
              var of = settings.fields().names(WINDOWS, name);
              parts.add(Clauses.any(values.stream().map(value -> any(of, value)).toList()));
            });
    return Clauses.all(parts);
  }

  private Clause any(List<String> fields, String value) {
    var ways = new ArrayList<Clause>();
    for (String field : fields) {
      if (names.isOwn(field) || value.isEmpty()) {
        return Clauses.ALL;
      }
      names.of(field).forEach(name -> ways.add(one(name, value)));
    }
    return Clauses.any(ways);
  }

  private static Clause one(String field, String value) {
    boolean isBeginning = value.endsWith("*");
    String text = isBeginning ? value.substring(0, value.length() - 1) : value;
    var glob = Glob.plain(text);
    if (text.isEmpty() || field.equals("message") || !Literals.isWhole(glob)) {
      return new Clause.Exists(field, 1);
    }
    return isBeginning
        ? Literals.pattern(field, new Literals.Stretch(text, true, false))
        : new Clause.Kept.OneOf(field, List.of(text));
  }
}
