package mo.farol.incident;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import mo.farol.alert.Alert;
import mo.farol.event.EventId;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.ledger.AlertQueue;
import mo.farol.ledger.AlertRow;
import mo.farol.ledger.Cursor;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import mo.farol.ledger.Page;
import mo.farol.sigma.Level;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cases: opened by the policy or by people, worked on by people. Whoever changes one may say which
 * version they looked at; a {@link Conflict} tells them when somebody was faster. What the scope
 * does not see is not there.
 */
public final class Incidents {
  /** Who the centre itself is, in timelines and deeds. */
  public static final String FAROL = "farol";

  private static final Set<String> TLP = Set.of("RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR");
  private static final int AT_ONCE = 100;
  private static final String SAVEPOINT = "alert";
  private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);

  private final Ledger ledger;
  private final Deeds deeds;
  private final AlertQueue alerts;
  private final InstantSource clock;
  private final IncidentPolicy policy;
  private final CaseFile cases;
  private final List<Consumer<Incident>> opened = new CopyOnWriteArrayList<>();

  public Incidents(
      Ledger ledger, Deeds deeds, AlertQueue alerts, InstantSource clock, IncidentPolicy policy) {
    this.ledger = ledger;
    this.deeds = deeds;
    this.alerts = alerts;
    this.clock = clock;
    this.policy = policy;
    this.cases = new CaseFile(deeds, clock, policy);
  }

  /** Adds somebody who is told of every case just opened, after it is durable. */
  public void onOpened(Consumer<Incident> listener) {
    opened.add(listener);
  }

  // --- the centre's side ---

  /**
   * Considers every durable alert that is new or has grown since it was last considered; called at
   * the start and after each checkpoint. One that can't be considered is told, and tried again once
   * it has grown. Returns how many it looked at.
   */
  public int catchUp() {
    int seen = 0;
    while (true) {
      var fresh = new ArrayList<Incident>();
      int some =
          ledger.write(
              h -> {
                var batch = alerts.unconsidered(AT_ONCE);
                batch.forEach(alert -> attempt(h, alert, fresh));
                return batch.size();
              });
      fresh.forEach(this::tell);
      seen += some;
      if (some < AT_ONCE) {
        return seen;
      }
    }
  }

  // Many alerts share a transaction: one that fails takes back what it did, and nothing else.
  private void attempt(Handle h, Alert alert, List<Incident> fresh) {
    h.savepoint(SAVEPOINT);
    try {
      consider(h, alert).ifPresent(fresh::add);
    } catch (RuntimeException e) {
      h.rollbackToSavepoint(SAVEPOINT);
      alerts.considered(h, alert);
      LOG.error("alert {} is kept, but the policy failed on it", alert.id(), e);
    }
    h.releaseSavepoint(SAVEPOINT);
  }

  // Opens a case for an alert, joins one, or leaves it to people; the same alert twice changes
  // nothing. Gives the case that was opened for it, if one was.
  private Optional<Incident> consider(Handle h, Alert alert) {
    alerts.considered(h, alert);
    var known = CaseFile.of(h, alert.id());
    if (known.isPresent()) {
      cases.grow(h, known.get(), alert);
      return Optional.empty();
    }
    if (alert.status() == Alert.Status.CLOSED) {
      return Optional.empty();
    }
    var joined = cases.joinable(h, alert);
    if (joined.isPresent()) {
      cases.attach(h, joined.get(), alert, FAROL);
      return Optional.empty();
    }
    if (!alert.severity().isAtLeast(policy.opens())) {
      return Optional.empty();
    }
    String id = cases.open(h, alert, alert.agency(), FAROL);
    cases.related(h, alert).forEach(other -> cases.attach(h, id, other, FAROL));
    return find(h, id);
  }

  // --- people's side ---

  /**
   * Makes a case of alerts a person chose, or adds them to one. A case of several agencies belongs
   * to the committee. Empty when the scope sees none of the alerts, or not the case.
   *
   * @throws Conflict when alerts and case can't be one: another agency's, drill and live, or an
   *     alert that is in another case
   */
  public Optional<Incident> escalate(
      Collection<String> ids, Optional<String> into, String by, Scope scope) {
    var fresh = new ArrayList<Incident>();
    var result =
        ledger.write(
            h -> {
              var chosen = chosen(ids, scope);
              var target = into.flatMap(id -> IncidentRows.find(h, id, scope));
              if (chosen.isEmpty() || into.isPresent() && target.isEmpty()) {
                return Optional.<Incident>empty();
              }
              oneKind(chosen);
              return target.isPresent()
                  ? add(h, chosen, target.get(), by)
                  : gather(h, chosen, by, scope, fresh);
            });
    fresh.forEach(this::tell);
    return result;
  }

  private List<Alert> chosen(Collection<String> ids, Scope scope) {
    return ids.stream()
        .distinct()
        .flatMap(id -> alerts.get(id, scope).stream())
        .map(AlertRow::alert)
        .toList();
  }

  private Optional<Incident> gather(
      Handle h, List<Alert> chosen, String by, Scope scope, List<Incident> fresh) {
    for (var alert : chosen) {
      var known = CaseFile.of(h, alert.id()).flatMap(id -> IncidentRows.find(h, id, scope));
      if (known.isPresent()) {
        return add(h, chosen, known.get(), by);
      }
    }
    var agencies = new TreeSet<>(chosen.stream().map(Alert::agency).toList());
    if (agencies.size() > 1 && !(scope instanceof Scope.National)) {
      throw new Conflict("a case of several agencies is opened by the centre's own people");
    }
    String agency = agencies.size() > 1 ? Alert.NATIONAL : agencies.first();
    var gravest =
        chosen.stream().max(java.util.Comparator.comparing(Alert::severity)).orElseThrow();
    String id = cases.open(h, gravest, agency, by);
    var made = add(h, chosen, find(h, id).orElseThrow(), by);
    made.ifPresent(fresh::add);
    return made;
  }

  private Optional<Incident> add(Handle h, List<Alert> chosen, Incident incident, String by) {
    for (var alert : chosen) {
      fits(alert, incident);
      var known = CaseFile.of(h, alert.id());
      if (known.isPresent() && !known.get().equals(incident.id())) {
        throw new Conflict("'%s' is already in %s".formatted(alert.title(), known.get()));
      }
      if (known.isEmpty()) {
        cases.attach(h, incident.id(), alert, by);
      }
    }
    return find(h, incident.id());
  }

  private static void fits(Alert alert, Incident incident) {
    boolean same =
        incident.agency().equals(alert.agency()) || incident.agency().equals(Alert.NATIONAL);
    if (!same) {
      throw new Conflict(
          "%s is a case of %s; '%s' belongs to %s"
              .formatted(incident.id(), incident.agency(), alert.title(), alert.agency()));
    }
    if (incident.exercise() != alert.exercise()) {
      throw new Conflict("drill data and live data never share a case");
    }
  }

  private static void oneKind(List<Alert> chosen) {
    if (chosen.stream().map(Alert::exercise).distinct().count() > 1) {
      throw new Conflict("drill data and live data never share a case");
    }
  }

  /** Cases, latest change first. */
  public Page<Incident> list(boolean openOnly, Scope scope, int limit, Optional<String> cursor) {
    return list(openOnly ? IncidentFilter.open() : IncidentFilter.all(), scope, limit, cursor);
  }

  /** Cases that match, latest change first; the limit is 1 to 1,000. */
  public Page<Incident> list(
      IncidentFilter filter, Scope scope, int limit, Optional<String> cursor) {
    int rows = Math.clamp(limit, 1, 1_000);
    return ledger.read(h -> IncidentRows.page(h, filter, scope, rows, cursor.map(Cursor::parse)));
  }

  /** One case; empty when there is none or the scope does not see it. */
  public Optional<Incident> get(String id, Scope scope) {
    return ledger.read(h -> IncidentRows.find(h, id, scope));
  }

  /** Its history, by time; empty when the scope does not see it. */
  public List<TimelineEntry> timeline(String id, Scope scope) {
    return get(id, scope).isEmpty() ? List.of() : ledger.read(h -> IncidentRows.timeline(h, id));
  }

  /** Its alerts, oldest first; empty when the scope does not see the case. */
  public List<Alert> alerts(String id, Scope scope) {
    return get(id, scope).stream()
        .flatMap(incident -> incident.alerts().stream())
        .flatMap(alert -> alerts.get(alert, Scope.national()).stream())
        .map(AlertRow::alert)
        .toList();
  }

  /** Hosts, users and addresses it is about; empty when the scope does not see it. */
  public List<Alert.Entity> about(String id, Scope scope) {
    return get(id, scope).isEmpty() ? List.of() : ledger.read(h -> IncidentRows.about(h, id));
  }

  /** Gives the case to somebody. */
  public Incident assign(String id, String owner, String by, Scope scope) {
    return assign(id, owner, OptionalLong.empty(), by, scope);
  }

  /** Gives the case to somebody, if it still is at this version. */
  public Incident assign(String id, String owner, OptionalLong version, String by, Scope scope) {
    return change(
        id,
        version,
        by,
        scope,
        (h, _) -> {
          set(h, id, "owner", owner);
          return new Told("owner", "incident.assigned", owner + " leads the case");
        });
  }

  /** Moves the case on, or back. */
  public Incident moveTo(String id, State state, String by, Scope scope) {
    return moveTo(id, state, OptionalLong.empty(), by, scope);
  }

  /** Moves the case on, or back, if it still is at this version. */
  public Incident moveTo(String id, State state, OptionalLong version, String by, Scope scope) {
    return change(
        id,
        version,
        by,
        scope,
        (h, incident) -> {
          if (incident.state() == state) {
            throw new Conflict("the case is already " + word(state));
          }
          set(h, id, "state", state.name());
          return new Told("state", "incident.moved", word(incident.state()) + " → " + word(state));
        });
  }

  /** Changes the grade, with the reason a review will ask for. */
  public Incident regrade(String id, Level severity, String reason, String by, Scope scope) {
    return regrade(id, severity, reason, OptionalLong.empty(), by, scope);
  }

  /** Changes the grade, if the case still is at this version. */
  public Incident regrade(
      String id, Level severity, String reason, OptionalLong version, String by, Scope scope) {
    if (reason.isBlank()) {
      throw new Conflict("a grade is changed with a reason");
    }
    return change(
        id,
        version,
        by,
        scope,
        (h, incident) -> {
          set(h, id, "severity", severity.ordinal());
          set(h, id, "grade_reason", reason);
          return new Told(
              "grade",
              "incident.graded",
              incident.severity().word() + " → " + severity.word() + ": " + reason);
        });
  }

  /** Changes who may read about the case: a TLP 2.0 label without its prefix. */
  public Incident mark(String id, String tlp, String by, Scope scope) {
    if (!TLP.contains(tlp)) {
      throw new Conflict("a TLP 2.0 label is RED, AMBER+STRICT, AMBER, GREEN or CLEAR");
    }
    return change(
        id,
        OptionalLong.empty(),
        by,
        scope,
        (h, incident) -> {
          set(h, id, "tlp", tlp);
          return new Told("marking", "incident.marked", "TLP:" + incident.tlp() + " → TLP:" + tlp);
        });
  }

  /** Changes the class: a word of {@link IncidentPolicy#classes}. */
  public Incident classify(String id, String category, String by, Scope scope) {
    if (!IncidentPolicy.classes().contains(category)) {
      throw new Conflict("an RSIT class is one of " + String.join(", ", IncidentPolicy.classes()));
    }
    return change(
        id,
        OptionalLong.empty(),
        by,
        scope,
        (h, incident) -> {
          set(h, id, "category", category);
          return new Told(
              "category", "incident.classified", incident.category() + " → " + category);
        });
  }

  /** Adds a note, with the events it is about. */
  public void note(String id, String text, List<EventId> cited, String by, Scope scope) {
    if (text.isBlank()) {
      throw new Conflict("a note says something");
    }
    ledger.change(
        h -> {
          var incident = present(h, id, scope);
          cases.entry(h, id, clock.instant(), "note", text, by, cited, Optional.empty());
          touch(h, id);
          deeds.record(h, by, "incident.noted", incident.id(), text);
        });
  }

  /** Adds a line to the history within a transaction of another room of this module. */
  public void tellTimeline(Handle h, String id, String kind, String text, String by) {
    cases.entry(h, id, clock.instant(), kind, text, by, List.of(), Optional.empty());
    touch(h, id);
  }

  /** What a change says of itself: its kind and text in the timeline, its word among the deeds. */
  private record Told(String kind, String deed, String text) {}

  private interface Work {
    Told on(Handle h, Incident incident);
  }

  private Incident change(String id, OptionalLong version, String by, Scope scope, Work work) {
    return ledger.write(
        h -> {
          var incident = present(h, id, scope);
          if (version.isPresent() && version.getAsLong() != incident.version()) {
            throw new Conflict(
                "the case was changed since you looked at it; look again before you change it");
          }
          var told = work.on(h, incident);
          cases.entry(
              h, id, clock.instant(), told.kind(), told.text(), by, List.of(), Optional.empty());
          touch(h, id);
          h.execute("update incident set version = version + 1 where id = ?", id);
          deeds.record(h, by, told.deed(), id, told.text());
          return find(h, id).orElseThrow();
        });
  }

  private static Incident present(Handle h, String id, Scope scope) {
    return IncidentRows.find(h, id, scope)
        .orElseThrow(() -> new Conflict("there is no case " + id));
  }

  private static Optional<Incident> find(Handle h, String id) {
    return IncidentRows.find(h, id, Scope.national());
  }

  private static void set(Handle h, String id, String column, Object value) {
    h.execute("update incident set " + column + " = ? where id = ?", value, id);
  }

  private void touch(Handle h, String id) {
    h.execute("update incident set updated_at = ? where id = ?", Micros.of(clock.instant()), id);
  }

  private void tell(Incident incident) {
    for (var listener : opened) {
      try {
        listener.accept(incident);
      } catch (RuntimeException e) {
        LOG.error("case {} is open, but what follows from it failed", incident.id(), e);
      }
    }
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
