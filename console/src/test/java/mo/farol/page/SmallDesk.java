package mo.farol.page;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import mo.farol.account.Accounts;
import mo.farol.account.Agencies;
import mo.farol.account.Certificates;
import mo.farol.account.Sessions;
import mo.farol.account.Tokens;
import mo.farol.centre.Desk;
import mo.farol.centre.People;
import mo.farol.event.Scope;
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
import mo.farol.search.Search;

/** The desk of a centre over a ledger in a folder, with the playbooks that ship. */
final class SmallDesk {
  private SmallDesk() {}

  static Desk open(Path home, Search search, InstantSource clock) {
    var ledger = NewLedger.open(home);
    var deeds = new Deeds(ledger, clock);
    var alerts = new AlertQueue(ledger, deeds);
    var incidents = new Incidents(ledger, deeds, alerts, clock, IncidentPolicy.reference());
    var playbooks = Playbooks.load(List.of(Path.of("../playbooks/book")));
    var runs = new Runs(ledger, deeds, playbooks, incidents, clock);
    var reports =
        new Reports(
            ledger,
            deeds,
            incidents,
            alerts,
            runs,
            id -> search.event(id, Scope.national()),
            clock);
    return new Desk(
        ledger,
        deeds,
        people(home, ledger, deeds, clock),
        alerts,
        incidents,
        playbooks,
        runs,
        reports,
        new Shelf(new SavedSearches(ledger, deeds, clock), new SearchHistory(ledger, clock)),
        new SuppressionRules(ledger, deeds, clock));
  }

  private static People people(Path home, Ledger ledger, Deeds deeds, InstantSource clock) {
    return new People(
        new Accounts(ledger, deeds, clock),
        new Agencies(ledger, deeds, clock),
        new Sessions(ledger, clock),
        new Tokens(ledger, deeds, clock),
        new Certificates(ledger, deeds, clock, home.resolve("keys"), Optional.empty()));
  }
}
