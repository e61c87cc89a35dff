package mo.farol.page;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mo.farol.account.Accounts;
import mo.farol.account.Agencies;
import mo.farol.decision.Decisions;
import mo.farol.export.Exports;
import mo.farol.flow.Replay;
import mo.farol.health.Health;
import mo.farol.health.Trouble;
import mo.farol.hunting.HuntDesk;
import mo.farol.incident.Incidents;
import mo.farol.indicator.Watchlist;
import mo.farol.ledger.AlertQueue;
import mo.farol.onboard.Onboarding;
import mo.farol.parse.SourceRules;
import mo.farol.playbook.Playbooks;
import mo.farol.playbook.Runs;
import mo.farol.proof.Prover;
import mo.farol.proof.Standing;
import mo.farol.report.Reports;
import mo.farol.rulebook.RuleDesk;
import mo.farol.saved.Shelf;
import mo.farol.search.Search;
import mo.farol.silence.Sources;
import mo.farol.web.Route;
import mo.farol.web.WebServer;

/** Every screen and the address it stands at. */
public final class Pages {
  /** What a problem's template shows. */
  public record ProblemView(Shell shell, int status, String title, String detail) {}

  private final SignInPage signIn;
  private final BoardPage board;
  private final SearchPage search;
  private final UnderWayPage underWay;
  private final EventPage event;
  private final AroundPage around;
  private final SavedPage saved;
  private final ExportPage export;
  private final FieldsPage fields;
  private final AlertsPage alerts;
  private final IncidentPage incidents;
  private final SourcesPage sources;
  private final AgenciesPage agencies;
  private final SendersPage senders;
  private final UnreadPage unread;
  private final TryPage trial;
  private final IndicatorsPage indicators;
  private final PlaybooksPage playbooks;
  private final ProofPage proof;
  private final HuntsPage hunts;
  private final DecisionsPage decisions;
  private final Health health;
  private final List<Route> more = new ArrayList<>();
  private final StaticFiles files = new StaticFiles();

  public Pages(
      Accounts accounts,
      Agencies agencies,
      Onboarding onboarding,
      Search search,
      Sources sources,
      Replay replay,
      AlertQueue alerts,
      Incidents incidents,
      Playbooks playbooks,
      Runs runs,
      Reports reports,
      Prover prover,
      Supplier<Standing> standing,
      Shelf shelf,
      HuntDesk hunts,
      Exports exports,
      InstantSource clock,
      SourceRules rules,
      Watchlist indicators,
      Health health,
      Decisions decisions,
      Supplier<WebServer> server) {
    this.health = health;
    this.signIn = new SignInPage(accounts, server);
    this.board = new BoardPage(agencies, alerts, incidents, runs, sources, decisions, clock);
    this.saved = new SavedPage(shelf, clock);
    this.export = new ExportPage(exports, clock);
    this.search = new SearchPage(search, clock);
    this.fields = new FieldsPage(search, this.search::question);
    this.underWay = new UnderWayPage(search);
    this.event = new EventPage(search, prover);
    this.around = new AroundPage(search);
    this.alerts = new AlertsPage(alerts, incidents, search, decisions);
    this.incidents = new IncidentPage(incidents, alerts, playbooks, runs, reports);
    this.sources = new SourcesPage(sources, clock);
    this.agencies = new AgenciesPage(onboarding, sources, clock);
    this.senders = new SendersPage(onboarding, search, sources, clock);
    this.unread = new UnreadPage(search, replay);
    this.trial = new TryPage(rules, clock);
    this.indicators = new IndicatorsPage(indicators, clock);
    this.playbooks = new PlaybooksPage(playbooks);
    this.proof = new ProofPage(standing, health);
    this.hunts = new HuntsPage(hunts, agencies);
    this.decisions = new DecisionsPage(decisions);
  }

  /** One line a screen. */
  public List<Route> routes() {
    return Stream.concat(screens().stream(), more.stream())
        .map(route -> route.after(c -> Shell.tell(c, health)))
        .toList();
  }

  /** The same with the rules in operation. */
  public Pages with(RuleDesk desk) {
    var rules = new RulesPage(desk);
    var drafts = new RuleDraftsPage(desk);
    more.addAll(
        List.of(
            Route.get("/rules", rules::list),
            Route.post("/rules/reload", rules::reload),
            Route.get("/rules/new", drafts::blank),
            Route.post("/rules/drafts", drafts::write),
            Route.get("/rules/drafts/{number}", drafts::show),
            Route.post("/rules/drafts/{number}", drafts::step),
            Route.get("/rules/{id}", rules::show),
            Route.post("/rules/{id}", rules::act),
            Route.get("/coverage", rules::coverage)));
    return this;
  }

  private List<Route> screens() {
    return List.of(
        Route.get("/", board::show),
        Route.get("/search", saved.keeping(search::show, search::question)),
        Route.get("/search/values", search::values),
        Route.get("/search/table", search::table),
        Route.get("/search/export", export::export),
        Route.get("/search/fields", fields::show),
        Route.get("/saved", saved::show),
        Route.post("/saved", saved::add),
        Route.post("/saved/history", saved::clear),
        Route.post("/saved/{id}", saved::change),
        Route.get("/search/tail", search::tail),
        Route.get("/search/running", underWay::find),
        Route.get("/search/running/{id}", underWay::show),
        Route.post("/search/running/{id}/cancel", underWay::cancel),
        Route.get("/events/{id}", event::show),
        Route.get("/events/{id}/proof", event::proof),
        Route.get("/events/{id}/around", around::show),
        Route.get("/alerts", alerts::list),
        Route.post("/alerts", alerts::act),
        Route.get("/alerts/{id}", alerts::show),
        Route.get("/incidents", incidents::list),
        Route.get("/incidents/{id}", incidents::show),
        Route.post("/incidents/{id}", incidents::act),
        Route.post("/runs/{run}/steps/{step}", incidents::step),
        Route.get("/reports/{id}", incidents::report),
        Route.get("/hunts", hunts::list),
        Route.post("/hunts", hunts::begin),
        Route.get("/hunts/{id}", hunts::show),
        Route.get("/hunts/{id}/progress", hunts::progress),
        Route.post("/hunts/{id}", hunts::end),
        Route.get("/sources", sources::show),
        Route.get("/agencies", agencies::list),
        Route.post("/agencies", agencies::add),
        Route.get("/agencies/{id}", senders::show),
        Route.post("/agencies/{id}/tokens", senders::token),
        Route.post("/agencies/{id}/certificates", senders::certificate),
        Route.post("/agencies/{id}/revoke", senders::revoke),
        Route.get("/agencies/{id}/next", senders::next),
        Route.post("/agencies/{id}/test", senders::test),
        Route.get("/sources/try", trial::show),
        Route.post("/sources/try", trial::read),
        Route.get("/indicators", indicators::show),
        Route.post("/indicators", indicators::add),
        Route.post("/indicators/remove", indicators::remove),
        Route.get("/unread", unread::show),
        Route.post("/unread", unread::replay),
        Route.get("/decisions", decisions::show),
        Route.post("/decisions", decisions::act),
        Route.get("/playbooks", playbooks::list),
        Route.get("/playbooks/{id}", playbooks::show),
        Route.get("/proof", proof::show),
        Route.get("/help", playbooks::help),
        Route.get("/sign-in", signIn::show).forAnybody(),
        Route.post("/sign-in", signIn::signIn).forAnybody(),
        Route.post("/sign-out", signIn::signOut),
        Route.get("/password", signIn::password),
        Route.post("/password", signIn::changePassword),
        new Route(HandlerType.POST, "/preferences", true, signIn::prefer),
        Route.get("/static/{file}", files::serve).forAnybody(),
        new Route(HandlerType.GET, "/healthz", true, this::healthz));
  }

  // Anybody may ask, so it says what is wrong and not why.
  private void healthz(Context context) {
    var grave = health.grave().stream().map(Trouble.Kind::word).toList();
    context.status(grave.isEmpty() ? 200 : 503);
    context.result(grave.isEmpty() ? "ok" : String.join(" ", grave));
  }

  /** Shows a refusal as a page. */
  public void problem(Context context, int status, String title, String detail) {
    Templates.show(
        context,
        "problem",
        new ProblemView(Shell.ofAnybody(context, title), status, title, detail));
  }
}
