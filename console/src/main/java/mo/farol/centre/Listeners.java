package mo.farol.centre;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import mo.farol.api.Imports;
import mo.farol.api.Status;
import mo.farol.health.Backups;
import mo.farol.health.Ending;
import mo.farol.health.Endings;
import mo.farol.hunt.Hunts;
import mo.farol.identity.Identity;
import mo.farol.intake.Intake;
import mo.farol.onboard.Arrivals;
import mo.farol.onboard.AtHand;
import mo.farol.onboard.Onboarding;
import mo.farol.onboard.TestLine;
import mo.farol.web.WebConfig;
import org.jspecify.annotations.Nullable;

/** What agencies, people and Prometheus reach; opened when everything inside runs. */
final class Listeners implements AutoCloseable {
  private static final long MEASURE_SECONDS = 60;

  private final Config config;
  private final Home home;
  private final Collector collector;
  private final Desk desk;
  private final Detection detection;
  private final Hunts hunts;
  private final PrometheusMeterRegistry metrics;
  private final OpenRooms rooms = new OpenRooms();
  private @Nullable Intake intake;
  private volatile @Nullable Console console;
  private @Nullable MetricsServer metricsServer;

  Listeners(
      Config config,
      Home home,
      Collector collector,
      Desk desk,
      Detection detection,
      Hunts hunts,
      PrometheusMeterRegistry metrics) {
    this.config = config;
    this.home = home;
    this.collector = collector;
    this.desk = desk;
    this.detection = detection;
    this.hunts = hunts;
    this.metrics = metrics;
  }

  /**
   * Opens them all; what was opened before one failed is closed with the rest.
   *
   * @param status how far everything has come
   * @param imports takes archived lines
   */
  void start(Supplier<Status> status, Imports imports) {
    var senders = rooms.add(Senders.open(config, home, desk.people(), InstantSource.system()));
    var endings =
        new Endings(
            desk.people().certificates(),
            desk.people().tokens(),
            () -> own(senders.identity()),
            InstantSource.system());
    senders.every(MEASURE_SECONDS, endings.measure(metrics));
    var served = rooms.add(serve(status, imports, endings));
    console = served;
    detection.onChange(served::publish);
    intake =
        rooms.add(
            collector
                .intake(
                    config,
                    desk.people().tokens(),
                    senders.identity(),
                    InstantSource.system(),
                    metrics)
                .start());
    detection.sources().countDrops(intake::dropped);
    if (config.port(Key.METRICS_PORT) >= 0) {
      metricsServer =
          rooms.add(
              MetricsServer.bind(config.text(Key.BIND), config.port(Key.METRICS_PORT), metrics));
      metricsServer.start();
    }
  }

  /** Those of the intake as they were really bound, by key of the configuration. */
  Map<String, InetSocketAddress> bound() {
    return intake == null ? Map.of() : intake.bound();
  }

  /** Address of the console. */
  URI consoleAddress() {
    return URI.create(
        (config.flag(Key.CONSOLE_TLS) ? "https" : "http")
            + "://"
            + config.text(Key.BIND)
            + ":"
            + consolePort());
  }

  /** The line that says that every listener is bound, with what was really bound. */
  String readyLine() {
    List<String> words = new ArrayList<>();
    words.add("ready");
    words.add("console=" + consoleAddress());
    bound().forEach((key, address) -> words.add(key + "=" + text(address)));
    if (metricsServer != null) {
      words.add("metrics=" + text(metricsServer.address()));
    }
    return String.join(" ", words);
  }

  @Override
  public void close() {
    rooms.close();
  }

  // Ours: authority and listeners renew by themselves or not at all, the console at a start.
  private List<Ending> own(Identity identity) {
    var own = new ArrayList<Ending>();
    own.add(Ending.ours(Ending.Kind.AUTHORITY, identity.authorityEnds()));
    own.add(Ending.ours(Ending.Kind.LISTENERS, identity.listenersEnd()));
    var shown = console;
    if (shown != null) {
      shown.certificateEnds().ifPresent(at -> own.add(Ending.ours(Ending.Kind.CONSOLE, at)));
    }
    return own;
  }

  private Console serve(Supplier<Status> status, Imports imports, Endings endings) {
    var web =
        new WebConfig(
            config.text(Key.BIND),
            Math.max(0, config.port(Key.CONSOLE_PORT)),
            config.flag(Key.CONSOLE_TLS),
            home.keys());
    return new Console(
            web,
            desk,
            onboarding(endings),
            collector.search(),
            detection.sources(),
            detection.replay(collector),
            status,
            collector.health(endings, backups()),
            imports,
            collector.seal(),
            collector.prover(),
            () -> collector.standing(InstantSource.system()),
            detection.hunting(hunts, InstantSource.system()),
            config.senders().sources(),
            detection.indicators(),
            detection.rules(),
            detection.decisions(),
            InstantSource.system(),
            metrics)
        .start();
  }

  private Backups backups() {
    return collector.backups(config, home, InstantSource.system()).measure(metrics);
  }

  private Onboarding onboarding(Endings endings) {
    var people = desk.people();
    return new Onboarding(
        people.agencies(),
        people.tokens(),
        people.certificates(),
        new Arrivals(collector.journal()),
        new TestLine(
            people.tokens(),
            people.certificates(),
            new AtHand(home.agencies(), people.certificates(), InstantSource.system()),
            () -> Reaching.doors(config, bound()),
            desk.deeds()),
        endings,
        () -> Reaching.of(config, Reaching.bound(bound())));
  }

  private int consolePort() {
    var served = console;
    return served == null ? config.port(Key.CONSOLE_PORT) : served.port();
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
