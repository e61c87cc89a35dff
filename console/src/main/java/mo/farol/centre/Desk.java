package mo.farol.centre;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mo.farol.event.EventId;
import mo.farol.incident.IncidentPolicy;
import mo.farol.incident.Incidents;
import mo.farol.ledger.AlertQueue;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import mo.farol.ledger.SuppressionRules;
import mo.farol.playbook.Playbooks;
import mo.farol.playbook.Runs;
import mo.farol.report.Reports;
import mo.farol.saved.SavedSearches;
import mo.farol.saved.SearchHistory;
import mo.farol.saved.Shelf;
import mo.farol.search.EventReader;

/** Where people work: the ledger and the rooms that stand on it. */
public record Desk(
    Ledger ledger,
    Deeds deeds,
    People people,
    AlertQueue alerts,
    Incidents incidents,
    Playbooks playbooks,
    Runs runs,
    Reports reports,
    Shelf shelf,
    SuppressionRules covers)
    implements AutoCloseable {

  static Desk open(
      Config config,
      Home home,
      List<Path> playbookFolders,
      Function<EventId, Optional<EventReader.Recalled>> events,
      InstantSource clock) {
    var ledger = Ledger.openSqlite(home.ledger());
    var deeds = new Deeds(ledger, clock);
    var alerts = new AlertQueue(ledger, deeds);
    var incidents = new Incidents(ledger, deeds, alerts, clock, IncidentPolicy.reference());
    var playbooks = Playbooks.load(playbookFolders);
    var runs = new Runs(ledger, deeds, playbooks, incidents, clock);
    var reports = new Reports(ledger, deeds, incidents, alerts, runs, events, clock);
    return new Desk(
        ledger,
        deeds,
        People.over(config, ledger, deeds, clock),
        alerts,
        incidents,
        playbooks,
        runs,
        reports,
        new Shelf(new SavedSearches(ledger, deeds, clock), new SearchHistory(ledger, clock)),
        new SuppressionRules(ledger, deeds, clock));
  }

  @Override
  public void close() {
    shelf.close();
    ledger.close();
  }
}
