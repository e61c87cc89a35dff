package mo.farol.incident;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import mo.farol.event.EventId;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import org.jdbi.v3.core.Handle;

/**
 * What people do to a case. Each change is one transaction with its line in the history and its
 * deed, and is refused where somebody was faster.
 */
final class CaseWork {
  private final Ledger ledger;
  private final Deeds deeds;
  private final InstantSource clock;
  private final CaseFile cases;

  CaseWork(Ledger ledger, Deeds deeds, InstantSource clock, CaseFile cases) {
    this.ledger = ledger;
    this.deeds = deeds;
    this.clock = clock;
    this.cases = cases;
  }

  /** Makes the change, if the case still is at this version. */
  Incident change(String id, OptionalLong version, CaseChange change, String by, Scope scope) {
    return ledger.write(
        h -> {
          var incident = present(h, id, scope);
          if (version.isPresent() && version.getAsLong() != incident.version()) {
            throw new Conflict(
                "the case was changed since you looked at it; look again before you change it");
          }
          var told = make(h, incident, change);
          tell(h, id, told.kind(), told.text(), by, List.of());
          h.execute("update incident set version = version + 1 where id = ?", id);
          deeds.record(h, by, told.deed(), id, told.text());
          return present(h, id, Scope.national());
        });
  }

  /** Adds a note, with the events it is about. */
  void note(String id, String text, List<EventId> cited, String by, Scope scope) {
    if (text.isBlank()) {
      throw new Conflict("a note says something");
    }
    ledger.change(
        h -> {
          var incident = present(h, id, scope);
          tell(h, id, "note", text, by, cited);
          deeds.record(h, by, "incident.noted", incident.id(), text);
        });
  }

  /** Adds a line to the history within a transaction. */
  void tell(Handle h, String id, String kind, String text, String by, List<EventId> cited) {
    var now = clock.instant();
    cases.entry(h, id, now, kind, text, by, cited, Optional.empty());
    h.execute("update incident set updated_at = ? where id = ?", Micros.of(now), id);
  }

  /** What a change says of itself: its kind and text in the timeline, its word among the deeds. */
  private record Told(String kind, String deed, String text) {}

  private static Told make(Handle h, Incident was, CaseChange change) {
    return switch (change) {
      case CaseChange.Assign(var owner) -> {
        set(h, was, "owner", owner);
        yield new Told("owner", "incident.assigned", owner + " leads the case");
      }
      case CaseChange.Move(var state) -> move(h, was, state);
      case CaseChange.Regrade(var severity, var reason) -> {
        set(h, was, "severity", severity.ordinal());
        set(h, was, "grade_reason", reason);
        String text = was.severity().word() + " → " + severity.word() + ": " + reason;
        yield new Told("grade", "incident.graded", text);
      }
      case CaseChange.Mark(var tlp) -> {
        set(h, was, "tlp", tlp);
        yield new Told("marking", "incident.marked", "TLP:" + was.tlp() + " → TLP:" + tlp);
      }
      case CaseChange.Classify(var category) -> {
        set(h, was, "category", category);
        yield new Told("category", "incident.classified", was.category() + " → " + category);
      }
    };
  }

  private static Told move(Handle h, Incident was, State state) {
    if (was.state() == state) {
      throw new Conflict("the case is already " + word(state));
    }
    set(h, was, "state", state.name());
    return new Told("state", "incident.moved", word(was.state()) + " → " + word(state));
  }

  private static void set(Handle h, Incident incident, String column, Object value) {
    h.execute("update incident set " + column + " = ? where id = ?", value, incident.id());
  }

  private static Incident present(Handle h, String id, Scope scope) {
    return IncidentRows.find(h, id, scope)
        .orElseThrow(() -> new Conflict("there is no case " + id));
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
