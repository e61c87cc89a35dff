package mo.farol.centre;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import mo.farol.alert.Alert;
import mo.farol.alert.DeskConfig;
import mo.farol.alert.Watch;
import mo.farol.decision.AssetBook;
import mo.farol.decision.Decisions;
import mo.farol.decision.DecisionsInForce;
import mo.farol.decision.Known;
import mo.farol.flow.Follower;
import mo.farol.flow.Replay;
import mo.farol.health.Lookout;
import mo.farol.hunt.Hunts;
import mo.farol.hunt.LateHits;
import mo.farol.hunting.HuntDesk;
import mo.farol.incident.Incident;
import mo.farol.indicator.Novelties;
import mo.farol.indicator.Watchlist;
import mo.farol.rulebook.RuleDesk;
import mo.farol.silence.SilenceConfig;
import mo.farol.silence.Sources;
import mo.farol.web.LiveEvent;
import mo.farol.window.WindowConfig;
import mo.farol.window.Windows;

/**
 * Detection wired: rules and decisions loaded, the watch on its follower, alerts led to cases and
 * playbooks.
 */
final class Detection implements AutoCloseable {
  private final Desk desk;
  private final RuleDesk rules;
  private final Watch watch;
  private final Follower follower;
  private final Sources sources;
  private final Watchlist indicators;
  private final LateHits late;
  private final Decisions decisions;
  private final DecisionsInForce deciding;
  private final List<Consumer<LiveEvent>> listeners = new CopyOnWriteArrayList<>();

  private Detection(
      Desk desk,
      Collector collector,
      Books books,
      Supplier<List<Path>> decisionFolders,
      RuleDesk rules,
      LateHits late,
      Windows windows,
      Sources sources,
      Watchlist indicators,
      FieldsFile fields,
      AssetBook assets,
      InstantSource clock,
      MeterRegistry metrics) {
    this.desk = desk;
    this.sources = sources;
    this.indicators = indicators;
    this.rules = rules;
    this.late = late;
    var first = rules.rules().now().rules();
    fields.load(first.matcher());
    watch =
        new Watch(
            first,
            windows,
            books.decisions(),
            DeskConfig.standard(),
            sources,
            desk.alerts().book(),
            new JournalLookBack(collector.journal()),
            clock,
            metrics,
            this::raised);
    indicators.recordIn(desk.deeds()::record);
    watch.seek(
        indicators.matcher(),
        seen -> indicators.sighted(seen.hit(), seen.field("host.name"), seen.exercise()));
    watch.remember(
        () -> {
          fields.save(watch.rules().matcher());
          rules.trials().add(watch.shadows());
          rules.trials().add(watch.filtered());
          indicators.hits().save(watch.detected());
        });
    var precision = desk.alerts().precision();
    watch.heed(new Known(assets, desk.covers(), precision));
    deciding =
        new DecisionsInForce(
            decisionFolders, books.decisions(), books.readAt(), watch::use, metrics);
    decisions =
        new Decisions(
            watch::decisions,
            deciding::held,
            desk.covers(),
            precision,
            watch.risk(),
            assets,
            clock);
    watch.heed(new Lookout(collector.journal(), collector.seal(), desk.alerts()));
    follower = new Follower(collector.journal(), Collector.parser(), watch, metrics);
    desk.incidents().onOpened(this::opened);
  }

  static Detection open(
      Config config,
      Home home,
      Books books,
      Collector collector,
      Desk desk,
      InstantSource clock,
      MeterRegistry metrics) {
    var rules =
        RuleDesk.open(books.reading(), books.rules(), desk.ledger(), desk.deeds(), clock, metrics);
    var late = new LateHits();
    var windows =
        new Windows(
            rules.rules().now().rules().windows(),
            WindowConfig.defaults(),
            metrics,
            Optional.of(home.windows()),
            late);
    return new Detection(
        desk,
        collector,
        books,
        () -> Books.decisionFolders(config, home),
        rules,
        late,
        windows,
        sources(config, home, rules.rules().now().rules().settings().zone(), clock, metrics),
        new Watchlist(home.rules().resolve(Watchlist.FOLDER), home.keys(), clock, metrics),
        new FieldsFile(home.fieldsSeen()),
        new AssetBook(home.rules().resolve("assets.csv"), desk.deeds(), clock),
        clock,
        metrics);
  }

  /** Looks again at what no parser could read. */
  Replay replay(Collector collector) {
    return new Replay(
        collector.search(),
        collector.journal(),
        collector.store(),
        collector.indexing(),
        follower,
        watch::again,
        () -> Collector.parser()::parse);
  }

  /** The rules in operation. */
  RuleDesk rules() {
    return rules;
  }

  /** What hunts need of what watches live events. */
  HuntDesk hunting(Hunts hunts, InstantSource clock) {
    return new HuntDesk(hunts, late, () -> rules.rules().now().rules(), clock);
  }

  /** What decides about alerts. */
  Decisions decisions() {
    return decisions;
  }

  Sources sources() {
    return sources;
  }

  /** Indicators in force. */
  Watchlist indicators() {
    return indicators;
  }

  /** Events watched by every rule, their alerts kept. */
  long detected() {
    return watch.detected();
  }

  /** Adds somebody who hears of every new alert and case. */
  void onChange(Consumer<LiveEvent> listener) {
    listeners.add(listener);
  }

  /** Starts, with what an end between an alert and its case left to be done. */
  void start() {
    desk.incidents().catchUp();
    desk.runs().answerAll();
    follower.start();
    rules.rules().start(watch);
    deciding.start();
  }

  /**
   * Begins to read indicators; events wait for that.
   *
   * @param back looks through history for those that are new
   */
  void seek(Novelties back) {
    indicators.tell(back);
    indicators.start();
  }

  /** From now on sources can be heard, and so be missed. */
  void listen() {
    watch.listen();
  }

  @Override
  public void close() {
    deciding.close();
    rules.rules().close();
    indicators.close();
    follower.close();
    watch.close();
  }

  private static Sources sources(
      Config config, Home home, ZoneId zone, InstantSource clock, MeterRegistry metrics) {
    var d = SilenceConfig.defaults();
    return new Sources(
        new SilenceConfig(
            d.floor(),
            config.time(Key.SILENCE_CEILING),
            d.slack(),
            d.minimumEvents(),
            d.minimumSpan(),
            d.sources(),
            zone),
        clock,
        Optional.of(home.sources()),
        metrics);
  }

  // On the detection thread, once the alerts are durable.
  private void raised(List<Alert> alerts) {
    desk.incidents().catchUp();
    alerts.stream()
        .filter(alert -> alert.status() != Alert.Status.SUPPRESSED)
        .forEach(
            alert ->
                tell(
                    new LiveEvent(
                        "alert",
                        alert.agency(),
                        Map.of(
                            "id",
                            alert.id(),
                            "title",
                            alert.title(),
                            "severity",
                            alert.severity().word(),
                            "notify",
                            String.join(",", alert.told())))));
  }

  private void opened(Incident incident) {
    desk.runs().answer(incident);
    tell(
        new LiveEvent(
            "incident", incident.agency(), Map.of("id", incident.id(), "title", incident.title())));
  }

  private void tell(LiveEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }
}
