package mo.farol.incident;

import java.util.Optional;
import java.util.Set;
import mo.farol.event.Scope;
import mo.farol.ledger.Where;
import mo.farol.sigma.Level;

/**
 * Which cases a person wants to see.
 *
 * @param states any of these; empty for all
 * @param atLeast mildest severity
 * @param agency one agency
 * @param owner who leads it
 * @param text part of id or title, in any case of letters
 */
public record IncidentFilter(
    Set<State> states,
    Optional<Level> atLeast,
    Optional<String> agency,
    Optional<String> owner,
    Optional<String> text) {
  public IncidentFilter {
    states = Set.copyOf(states);
  }

  /** Everything. */
  public static IncidentFilter all() {
    return new IncidentFilter(
        Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** What somebody still works on. */
  public static IncidentFilter open() {
    return new IncidentFilter(
        Set.of(State.NEW, State.TRIAGE, State.CONTAINED, State.ERADICATED, State.RECOVERED),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The filter as a condition, within a scope. */
  Where where(Scope scope) {
    var where = Where.seen(scope);
    if (!states.isEmpty()) {
      where.in("state", states.stream().map(Enum::name).sorted().toList());
    }
    atLeast.ifPresent(level -> where.and("severity >= ?", level.ordinal()));
    agency.ifPresent(id -> where.and("agency = ?", id));
    owner.ifPresent(name -> where.and("owner = ?", name));
    text.ifPresent(part -> where.andText("lower(id || ' ' || title)", part));
    return where;
  }
}
