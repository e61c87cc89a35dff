package mo.farol.api;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import mo.farol.alert.Suppression;
import mo.farol.decision.Decisions;
import mo.farol.export.Exports;
import mo.farol.flow.Replay;
import mo.farol.health.Health;
import mo.farol.hunting.HuntDesk;
import mo.farol.incident.Incidents;
import mo.farol.indicator.Watchlist;
import mo.farol.ledger.AlertQueue;
import mo.farol.ledger.Deeds;
import mo.farol.onboard.Onboarding;
import mo.farol.parse.SourceRules;
import mo.farol.playbook.Playbooks;
import mo.farol.playbook.Runs;
import mo.farol.proof.Prover;
import mo.farol.proof.Standing;
import mo.farol.report.Reports;
import mo.farol.rulebook.RuleDesk;
import mo.farol.saved.Shelf;
import mo.farol.seal.Seal;
import mo.farol.search.Search;
import mo.farol.silence.Sources;
import mo.farol.web.Route;

/** Every endpoint of the API, in one table. */
public final class Api {
  private final List<Endpoint> endpoints = new ArrayList<>();

  public Api(
      Onboarding onboarding,
      Search search,
      Supplier<Status> status,
      Health health,
      Sources sources,
      Replay replay,
      AlertQueue alerts,
      Incidents incidents,
      Playbooks playbooks,
      Runs runs,
      Reports reports,
      Imports imports,
      Seal seal,
      Prover prover,
      Supplier<Standing> standing,
      Deeds deeds,
      Shelf shelf,
      HuntDesk hunts,
      Exports exports,
      SourceRules rules,
      Watchlist indicators,
      Decisions decisions,
      InstantSource clock) {
    var proofs = new SealApi(seal, prover, search, deeds);
    var events = new EventsApi(search, replay, proofs, clock);
    endpoints.addAll(new ExportApi(exports, clock).endpoints()); // before /events/{id}
    endpoints.addAll(new TailApi(search).endpoints());
    endpoints.addAll(events.endpoints());
    endpoints.addAll(new ContextApi(search).endpoints());
    endpoints.addAll(new SavedApi(shelf).endpoints());
    endpoints.addAll(new SearchesApi(search).endpoints());
    endpoints.addAll(new HuntsApi(hunts).endpoints());
    endpoints.addAll(proofs.endpoints());
    endpoints.addAll(new StandingApi(standing, seal).endpoints());
    endpoints.addAll(new AlertsApi(alerts).endpoints());
    endpoints.addAll(new DecisionsApi(decisions).endpoints());
    endpoints.addAll(new SuppressionsApi(Suppression.Kind.EXCEPTION, decisions).endpoints());
    endpoints.addAll(new SuppressionsApi(Suppression.Kind.MAINTENANCE, decisions).endpoints());
    endpoints.addAll(new IncidentsApi(incidents).endpoints());
    endpoints.addAll(new RunsApi(playbooks, runs).endpoints());
    endpoints.addAll(new ReportsApi(reports).endpoints());
    endpoints.addAll(new AgenciesApi(onboarding, sources).endpoints());
    endpoints.addAll(new CredentialsApi(onboarding).endpoints());
    endpoints.addAll(new EndingsApi(onboarding.endings(), clock).endpoints());
    endpoints.addAll(new ArrivalsApi(onboarding, search, events::whole).endpoints());
    endpoints.addAll(new CentreApi(status, health, seal::sealed, sources, imports).endpoints());
    endpoints.addAll(new ParseApi(rules, clock).endpoints());
    endpoints.addAll(new IndicatorsApi(indicators, clock).endpoints());
    endpoints.add(
        Endpoint.get(
            "/openapi.json",
            "This document.",
            context -> Answers.send(context, OpenApi.document(endpoints))));
  }

  /** The routes of searching alone: {@code /events}, for a server that does nothing else. */
  public static List<Route> searching(
      Search search, Replay replay, Seal seal, Prover prover, Deeds deeds, InstantSource clock) {
    var proofs = new SealApi(seal, prover, search, deeds);
    return new EventsApi(search, replay, proofs, clock)
        .endpoints().stream().map(Endpoint::route).toList();
  }

  /** The same with the rules in operation. */
  public Api with(RuleDesk rules) {
    endpoints.addAll(new RulesApi(rules).endpoints());
    endpoints.addAll(new RuleDraftsApi(rules).endpoints()); // before /rules/{id}
    endpoints.addAll(new RuleVersionsApi(rules).endpoints());
    return this;
  }

  /** The routes a server serves. */
  public List<Route> routes() {
    return endpoints.stream().map(Endpoint::route).toList();
  }
}
