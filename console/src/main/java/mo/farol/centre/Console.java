package mo.farol.centre;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mo.farol.account.Sessions;
import mo.farol.account.Tokens;
import mo.farol.api.Api;
import mo.farol.api.Imports;
import mo.farol.api.Status;
import mo.farol.decision.Decisions;
import mo.farol.export.ExportConfig;
import mo.farol.export.Exports;
import mo.farol.flow.Replay;
import mo.farol.health.Health;
import mo.farol.hunting.HuntDesk;
import mo.farol.indicator.Watchlist;
import mo.farol.onboard.Onboarding;
import mo.farol.page.Pages;
import mo.farol.parse.SourceRules;
import mo.farol.proof.Prover;
import mo.farol.proof.Standing;
import mo.farol.rulebook.RuleDesk;
import mo.farol.seal.Seal;
import mo.farol.search.Search;
import mo.farol.silence.Sources;
import mo.farol.web.Live;
import mo.farol.web.LiveEvent;
import mo.farol.web.Route;
import mo.farol.web.WebConfig;
import mo.farol.web.WebServer;

/** Pages, API and live stream on one server. */
final class Console implements AutoCloseable {
  private final Live live = new Live();
  private final WebServer server;

  Console(
      WebConfig config,
      Desk desk,
      Onboarding onboarding,
      Search search,
      Sources sources,
      Replay replay,
      Supplier<Status> status,
      Health health,
      Imports imports,
      Seal seal,
      Prover prover,
      Supplier<Standing> standing,
      HuntDesk hunts,
      SourceRules rules,
      Watchlist indicators,
      RuleDesk book,
      Decisions decisions,
      InstantSource clock,
      MeterRegistry metrics) {
    var people = desk.people();
    var exports = new Exports(search, desk.deeds(), ExportConfig.defaults());
    var pages =
        new Pages(
            people.accounts(),
            people.agencies(),
            onboarding,
            search,
            sources,
            replay,
            desk.alerts(),
            desk.incidents(),
            desk.playbooks(),
            desk.runs(),
            desk.reports(),
            prover,
            standing,
            desk.shelf(),
            hunts,
            exports,
            clock,
            rules,
            indicators,
            health,
            decisions,
            this::server);
    var api =
        new Api(
            onboarding,
            search,
            status,
            health,
            sources,
            replay,
            desk.alerts(),
            desk.incidents(),
            desk.playbooks(),
            desk.runs(),
            desk.reports(),
            imports,
            seal,
            prover,
            standing,
            desk.deeds(),
            desk.shelf(),
            hunts,
            exports,
            rules,
            indicators,
            decisions,
            clock);
    List<Route> routes = new ArrayList<>(pages.with(book).routes());
    routes.addAll(api.with(book).routes());
    Sessions sessions = people.sessions();
    Tokens tokens = people.tokens();
    server = new WebServer(config, sessions, tokens, live, pages::problem, routes, metrics);
  }

  Console start() {
    server.start();
    return this;
  }

  int port() {
    return server.port();
  }

  /** When its certificate ends; empty without one. */
  Optional<Instant> certificateEnds() {
    return server.certificateEnds();
  }

  void publish(LiveEvent event) {
    live.publish(event);
  }

  @Override
  public void close() {
    server.close();
  }

  private WebServer server() {
    return server;
  }
}
