package mo.farol.incident;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import mo.farol.alert.Alert;
import mo.farol.event.EventId;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.ledger.AlertQueue;
import mo.farol.ledger.AlertRow;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import mo.farol.ledger.Page;
import mo.farol.sigma.Level;
import org.jdbi.v3.core.Handle;

/** Cases, opened by alerts or by people. */
public final class Incidents {
  /** The centre itself, where no person acted. */
  public static final String FAROL = "farol";

  private static final Set<String> LINKING =
      Set.of("host.name", "source.ip", "user.name", "process.executable");
  private static final int CITED = 20;

  private final Ledger ledger;
  private final Deeds deeds;
  private final AlertQueue alerts;
  private final InstantSource clock;
  private final IncidentPolicy policy;
  private final List<Consumer<Incident>> opened = new ArrayList<>();

  public Incidents(
      Ledger ledger, Deeds deeds, AlertQueue alerts, InstantSource clock, IncidentPolicy policy) {
    this.ledger = ledger;
    this.deeds = deeds;
    this.alerts = alerts;
    this.clock = clock;
    this.policy = policy;
  }

  /** Adds somebody who is told of every case just opened, after it is durable. */
  public void onOpened(Consumer<Incident> listener) {
    opened.add(listener);
  }

  /**
   * Takes a durable alert: opens a case, joins one, or leaves it to people. The same alert twice
   * changes nothing.
   */
  public Optional<Incident> consider(Alert alert) {
    var fresh = new ArrayList<Incident>();
    var result =
        ledger.write(
            h -> {
              var known = incidentOf(h, alert.id());
              if (known.isPresent()) {
                grown(h, known.get(), alert);
                return IncidentRows.find(h, known.get());
              }
              var joined = joinable(h, alert);
              if (joined.isPresent()) {
                attach(h, joined.get(), alert, FAROL);
                return IncidentRows.find(h, joined.get());
              }
              if (!alert.severity().isAtLeast(policy.opens())) {
                return Optional.<Incident>empty();
              }
              var incident = open(h, alert, FAROL);
              related(h, alert)
                  .forEach(
                      id ->
                          alerts
                              .get(id, Scope.national())
                              .ifPresent(row -> attach(h, incident, row.alert(), FAROL)));
              IncidentRows.find(h, incident).ifPresent(fresh::add);
              return IncidentRows.find(h, incident);
            });
    fresh.forEach(this::tell);
    return result;
  }

  /**
   * Makes a case of alerts a person chose, or adds them to one. Empty when the scope sees none of
   * them.
   */
  public Optional<Incident> escalate(
      Collection<String> ids, Optional<String> into, String by, Scope scope) {
    List<Alert> chosen =
        ids.stream()
            .map(id -> alerts.get(id, scope))
            .flatMap(Optional::stream)
            .map(AlertRow::alert)
            .toList();
    if (chosen.isEmpty() || into.isPresent() && get(into.get(), scope).isEmpty()) {
      return Optional.empty();
    }
    var fresh = new ArrayList<Incident>();
    var result =
        ledger.write(
            h -> {
              String incident =
                  into.orElseGet(() -> incidentOf(h, chosen.getFirst().id()).orElse(""));
              boolean isNew = incident.isEmpty();
              String id = isNew ? open(h, chosen.getFirst(), by) : incident;
              chosen.stream()
                  .filter(a -> incidentOf(h, a.id()).isEmpty())
                  .forEach(a -> attach(h, id, a, by));
              var made = IncidentRows.find(h, id);
              if (isNew) {
                made.ifPresent(fresh::add);
              }
              return made;
            });
    fresh.forEach(this::tell);
    return result;
  }

  /** Cases, latest change first. */
  public Page<Incident> list(boolean openOnly, Scope scope, int limit, Optional<String> cursor) {
    return ledger.read(h -> IncidentRows.page(h, openOnly, scope, limit, cursor));
  }

  /** One case; empty when there is none or the scope does not see it. */
  public Optional<Incident> get(String id, Scope scope) {
    return ledger.read(h -> IncidentRows.find(h, id)).filter(i -> scope.sees(i.agency()));
  }

  /** Its history, oldest first; empty when the scope does not see it. */
  public List<TimelineEntry> timeline(String id, Scope scope) {
    return get(id, scope).isEmpty() ? List.of() : ledger.read(h -> IncidentRows.timeline(h, id));
  }

  /** Gives the case to somebody. */
  public void assign(String id, String owner, String by, Scope scope) {
    change(
        id,
        by,
        scope,
        "incident.assigned",
        (h, incident) -> {
          h.execute("update incident set owner = ? where id = ?", owner, id);
          entry(
              h,
              id,
              clock.instant(),
              "owner",
              owner + " leads the case",
              by,
              List.of(),
              Optional.empty());
        });
  }

  /** Moves the case on, or back. */
  public void moveTo(String id, State state, String by, Scope scope) {
    change(
        id,
        by,
        scope,
        "incident.moved",
        (h, incident) -> {
          if (incident.state() == state) {
            throw new Conflict(
                "the case is already " + state.name().toLowerCase(java.util.Locale.ROOT));
          }
          h.execute("update incident set state = ? where id = ?", state.name(), id);
          entry(
              h,
              id,
              clock.instant(),
              "state",
              incident.state() + " → " + state,
              by,
              List.of(),
              Optional.empty());
        });
  }

  /** Changes the grade, with the reason a review will ask for. */
  public void regrade(String id, Level severity, String reason, String by, Scope scope) {
    change(
        id,
        by,
        scope,
        "incident.graded",
        (h, incident) -> {
          h.execute(
              "update incident set severity = ?, grade_reason = ? where id = ?",
              severity.ordinal(),
              reason,
              id);
          entry(
              h,
              id,
              clock.instant(),
              "grade",
              incident.severity().word() + " → " + severity.word() + ": " + reason,
              by,
              List.of(),
              Optional.empty());
        });
  }

  /** Adds a note. */
  public void note(String id, String text, List<EventId> cited, String by, Scope scope) {
    change(
        id,
        by,
        scope,
        "incident.noted",
        (h, _) -> entry(h, id, clock.instant(), "note", text, by, cited, Optional.empty()));
  }

  /** Adds a line to the history within a transaction of another room of this module. */
  public void tellTimeline(Handle h, String id, String kind, String text, String by) {
    entry(h, id, clock.instant(), kind, text, by, List.of(), Optional.empty());
    touch(h, id);
  }

  private interface Work {
    void on(Handle h, Incident incident);
  }

  private void change(String id, String by, Scope scope, String deed, Work work) {
    var incident = get(id, scope).orElseThrow(() -> new Conflict("there is no case " + id));
    ledger.change(
        h -> {
          work.on(h, incident);
          touch(h, id);
          deeds.record(h, by, deed, id, incident.title());
        });
  }

  private void tell(Incident incident) {
    opened.forEach(listener -> listener.accept(incident));
  }

  private String open(Handle h, Alert alert, String by) {
    Instant now = clock.instant();
    String id = number(h, now);
    h.execute(
        "insert into incident (id, title, severity, category, agency, state, owner, tlp, opened_at,"
            + " first_event_at, last_event_at, updated_at, exercise, lane, grade_reason, version)"
            + " values (?, ?, ?, ?, ?, 'NEW', null, 'AMBER', ?, ?, ?, ?, ?, ?, ?, 1)",
        id,
        alert.title(),
        alert.severity().ordinal(),
        policy.category(alert),
        alert.agency(),
        Micros.of(now),
        Micros.of(alert.firstAt()),
        Micros.of(alert.lastAt()),
        Micros.of(now),
        alert.exercise() ? 1 : 0,
        alert.lane(),
        "severity of the alert '" + alert.title() + "'");
    String how =
        by.equals(FAROL)
            ? "opened by the policy: severity " + alert.severity().word() + " or graver"
            : "opened by " + by;
    entry(h, id, now, "opened", how, by, List.of(), Optional.of(alert.id()));
    deeds.record(h, by, "incident.opened", id, alert.title());
    attach(h, id, alert, by);
    return id;
  }

  private static String number(Handle h, Instant now) {
    String year = "FRL-" + now.atZone(ZoneOffset.UTC).getYear() + "-";
    int last =
        h.createQuery(
                "select coalesce(max(cast(substr(id, 10) as integer)), 0) from incident where id"
                    + " like ?")
            .bind(0, year + "%")
            .mapTo(Integer.class)
            .one();
    return year + "%04d".formatted(last + 1);
  }

  private void attach(Handle h, String incident, Alert alert, String by) {
    h.execute(
        "insert or ignore into incident_alert (incident, alert) values (?, ?)",
        incident,
        alert.id());
    h.execute("update alert set incident = ? where id = ?", incident, alert.id());
    for (var entity : alert.entities()) {
      if (LINKING.contains(entity.field())) {
        h.execute(
            "insert or ignore into incident_entity (incident, field, value) values (?, ?, ?)",
            incident,
            entity.field(),
            entity.value());
      }
    }
    var cited = alert.events().subList(0, Math.min(CITED, alert.events().size()));
    entry(h, incident, alert.firstAt(), "alert", alert.title(), by, cited, Optional.of(alert.id()));
    grown(h, incident, alert);
  }

  private void grown(Handle h, String incident, Alert alert) {
    h.execute(
        "update incident set last_event_at = max(last_event_at, ?), first_event_at ="
            + " min(first_event_at, ?) where id = ?",
        Micros.of(alert.lastAt()),
        Micros.of(alert.firstAt()),
        incident);
    int raised =
        h.execute(
            "update incident set severity = ?, title = ?, category = ?, grade_reason = ? where id ="
                + " ? and severity < ?",
            alert.severity().ordinal(),
            alert.title(),
            policy.category(alert),
            "severity of the alert '" + alert.title() + "'",
            incident,
            alert.severity().ordinal());
    if (raised > 0) {
      entry(
          h,
          incident,
          clock.instant(),
          "grade",
          "raised to " + alert.severity().word() + " by '" + alert.title() + "'",
          FAROL,
          List.of(),
          Optional.of(alert.id()));
    }
    touch(h, incident);
  }

  private void touch(Handle h, String incident) {
    h.execute(
        "update incident set updated_at = ?, version = version + 1 where id = ?",
        Micros.of(clock.instant()),
        incident);
  }

  private static Optional<String> incidentOf(Handle h, String alert) {
    return h.createQuery("select incident from incident_alert where alert = ?")
        .bind(0, alert)
        .mapTo(String.class)
        .findFirst();
  }

  private Optional<String> joinable(Handle h, Alert alert) {
    for (var entity : alert.entities()) {
      var found =
          h.createQuery(
                  "select i.id from incident i join incident_entity e on e.incident = i.id where"
                      + " e.field = :field and e.value = :value and i.agency = :agency and i.lane ="
                      + " :lane and i.exercise = :exercise and i.state <> 'CLOSED' and abs(:at -"
                      + " i.last_event_at) <= :joins order by i.opened_at desc limit 1")
              .bind("field", entity.field())
              .bind("value", entity.value())
              .bind("agency", alert.agency())
              .bind("lane", alert.lane())
              .bind("exercise", alert.exercise() ? 1 : 0)
              .bind("at", Micros.of(alert.lastAt()))
              .bind("joins", policy.joins().toNanos() / 1000)
              .mapTo(String.class)
              .findFirst();
      if (found.isPresent() && LINKING.contains(entity.field())) {
        return found;
      }
    }
    return Optional.empty();
  }

  // Milder alerts about the same host, user or address that came before and belong to no case yet.
  private List<String> related(Handle h, Alert alert) {
    var shared = alert.entities().stream().filter(e -> LINKING.contains(e.field())).toList();
    return h
        .createQuery(
            "select body, status from alert where agency = ? and lane = ? and incident is null and"
                + " exercise = ? and status <> 'CLOSED' and last_at >= ? and id <> ?")
        .bind(0, alert.agency())
        .bind(1, alert.lane())
        .bind(2, alert.exercise() ? 1 : 0)
        .bind(3, Micros.of(alert.firstAt().minus(policy.joins())))
        .bind(4, alert.id())
        .map((rs, _) -> IncidentRows.alert(rs))
        .list()
        .stream()
        .filter(other -> other.entities().stream().anyMatch(shared::contains))
        .map(Alert::id)
        .toList();
  }

  private static void entry(
      Handle h,
      String incident,
      Instant at,
      String kind,
      String text,
      String by,
      List<EventId> cited,
      Optional<String> alert) {
    String ids = String.join(" ", cited.stream().map(EventId::toString).toList());
    h.execute(
        "insert into timeline (incident, at, kind, text, by_whom, events, alert) values (?, ?, ?,"
            + " ?, ?, ?, ?)",
        incident,
        Micros.of(at),
        kind,
        text,
        by,
        ids,
        alert.orElse(null));
  }
}
