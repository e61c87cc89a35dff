package mo.farol.incident;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import mo.farol.alert.Alert;
import mo.farol.event.EventId;
import mo.farol.event.Scope;
import mo.farol.ledger.AlertQueue;
import mo.farol.ledger.AlertRow;
import mo.farol.ledger.Cursor;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import mo.farol.ledger.Page;
import mo.farol.sigma.Level;
import org.jdbi.v3.core.Handle;

/**
 * Cases: opened by the policy or by people, worked on by people. Whoever changes one may say which
 * version they looked at; a {@link Conflict} tells them when somebody was faster. What the scope
 * does not see is not there.
 */
public final class Incidents {
  /** Who the centre itself is, in timelines and deeds. */
  public static final String FAROL = "farol";

  private final Ledger ledger;
  private final AlertQueue alerts;
  private final Openings openings = new Openings();
  private final Triage triage;
  private final Escalation escalation;
  private final CaseWork work;

  public Incidents(
      Ledger ledger, Deeds deeds, AlertQueue alerts, InstantSource clock, IncidentPolicy policy) {
    this.ledger = ledger;
    this.alerts = alerts;
    var cases = new CaseFile(deeds, clock, policy);
    this.triage = new Triage(ledger, alerts, policy, cases, openings);
    this.escalation = new Escalation(ledger, alerts, cases, openings);
    this.work = new CaseWork(ledger, deeds, clock, cases);
  }

  /** Adds somebody who is told of every case just opened, after it is durable. */
  public void onOpened(Consumer<Incident> listener) {
    openings.add(listener);
  }

  /**
   * Considers every durable alert that is new or has grown since it was last considered; called at
   * the start and after each checkpoint. One that can't be considered is told, and tried again once
   * it has grown. Returns how many it looked at.
   */
  public int catchUp() {
    return triage.catchUp();
  }

  /**
   * Makes a case of alerts a person chose, or adds them to one. A case of several agencies belongs
   * to the committee. Empty when the scope sees none of the alerts, or not the case.
   *
   * @throws Conflict when alerts and case can't be one: another agency's, drill and live, or an
   *     alert that is in another case
   */
  public Optional<Incident> escalate(
      Collection<String> ids, Optional<String> into, String by, Scope scope) {
    return escalation.escalate(ids, into, by, scope);
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
    return change(id, OptionalLong.empty(), new CaseChange.Assign(owner), by, scope);
  }

  /** Moves the case on, or back. */
  public Incident moveTo(String id, State state, String by, Scope scope) {
    return change(id, OptionalLong.empty(), new CaseChange.Move(state), by, scope);
  }

  /** Changes the grade, with the reason a review will ask for. */
  public Incident regrade(String id, Level severity, String reason, String by, Scope scope) {
    return change(id, OptionalLong.empty(), new CaseChange.Regrade(severity, reason), by, scope);
  }

  /** Makes the change, if the case still is at this version; gives the case as it is now. */
  public Incident change(
      String id, OptionalLong version, CaseChange change, String by, Scope scope) {
    return work.change(id, version, change, by, scope);
  }

  /** Adds a note, with the events it is about. */
  public void note(String id, String text, List<EventId> cited, String by, Scope scope) {
    work.note(id, text, cited, by, scope);
  }

  /** Adds a line to the history within a transaction of another room of this module. */
  public void tellTimeline(Handle h, String id, String kind, String text, String by) {
    work.tell(h, id, kind, text, by, List.of());
  }
}
