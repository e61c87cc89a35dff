package mo.farol.page;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import mo.farol.api.Api;
import mo.farol.centre.Desk;
import mo.farol.decision.Decisions;
import mo.farol.export.Exports;
import mo.farol.health.Health;
import mo.farol.hunting.HuntDesk;
import mo.farol.indicator.Watchlist;
import mo.farol.onboard.Onboarding;
import mo.farol.parse.SourceRules;
import mo.farol.proof.Standing;
import mo.farol.rulebook.RuleDesk;
import mo.farol.silence.Sources;
import mo.farol.web.Live;
import mo.farol.web.LiveEvent;
import mo.farol.web.Route;
import mo.farol.web.WebConfig;
import mo.farol.web.WebServer;

/** Pages, API and live stream on one server, which serves once this is made. */
final class SmallConsole implements AutoCloseable {
  private static final SourceRules SOURCE_RULES =
      SourceRules.of(List.of("finance 192.0.2.0/24 kv Asia/Macau"));

  private final Live live = new Live();
  private final WebServer server;

  SmallConsole(
      WebConfig config,
      Desk desk,
      SmallCollector collector,
      Onboarding onboarding,
      Sources sources,
      Supplier<Standing> standing,
      Health health,
      HuntDesk hunts,
      Exports exports,
      Watchlist indicators,
      RuleDesk rules,
      Decisions decisions,
      InstantSource clock) {
    var people = desk.people();
    var replay = collector.replay();
    var pages =
        new Pages(
            people.accounts(),
            people.agencies(),
            onboarding,
            collector.search(),
            sources,
            replay,
            desk.alerts(),
            desk.incidents(),
            desk.playbooks(),
            desk.runs(),
            desk.reports(),
            collector.prover(),
            standing,
            desk.shelf(),
            hunts,
            exports,
            clock,
            SOURCE_RULES,
            indicators,
            health,
            decisions,
            this::server);
    var api =
        new Api(
            onboarding,
            collector.search(),
            collector::status,
            health,
            sources,
            replay,
            desk.alerts(),
            desk.incidents(),
            desk.playbooks(),
            desk.runs(),
            desk.reports(),
            (_, _, _, _, _, _, _) -> collector.next(), // nothing is imported
            collector.seal(),
            collector.prover(),
            standing,
            desk.deeds(),
            desk.shelf(),
            hunts,
            exports,
            SOURCE_RULES,
            indicators,
            decisions,
            clock);
    List<Route> routes = new ArrayList<>(pages.with(rules).routes());
    routes.addAll(api.with(rules).routes());
    server =
        new WebServer(config, people.sessions(), people.tokens(), live, pages::problem, routes)
            .start();
  }

  private WebServer server() {
    return server;
  }

  int port() {
    return server.port();
  }

  /** Queries that are followed now. */
  int following() {
    return server.following();
  }

  /** Pages that listen now. */
  int listening() {
    return server.listening();
  }

  void publish(LiveEvent event) {
    live.publish(event);
  }

  @Override
  public void close() {
    server.close();
  }
}
