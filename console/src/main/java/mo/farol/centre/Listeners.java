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
import mo.farol.intake.Intake;
import mo.farol.onboard.Arrivals;
import mo.farol.onboard.Onboarding;
import mo.farol.onboard.TestLine;
import mo.farol.web.WebConfig;
import org.jspecify.annotations.Nullable;

/** What agencies, people and Prometheus reach; opened when everything inside runs. */
final class Listeners implements AutoCloseable {
  private final Config config;
  private final Home home;
  private final Collector collector;
  private final Desk desk;
  private final Detection detection;
  private final PrometheusMeterRegistry metrics;
  private final OpenRooms rooms = new OpenRooms();
  private @Nullable Intake intake;
  private @Nullable Console console;
  private @Nullable MetricsServer metricsServer;

  Listeners(
      Config config,
      Home home,
      Collector collector,
      Desk desk,
      Detection detection,
      PrometheusMeterRegistry metrics) {
    this.config = config;
    this.home = home;
    this.collector = collector;
    this.desk = desk;
    this.detection = detection;
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
    var served = rooms.add(serve(status, imports));
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

  private Console serve(Supplier<Status> status, Imports imports) {
    var web =
        new WebConfig(
            config.text(Key.BIND),
            Math.max(0, config.port(Key.CONSOLE_PORT)),
            config.flag(Key.CONSOLE_TLS),
            home.keys());
    return new Console(
            web,
            desk,
            onboarding(),
            collector.search(),
            detection.sources(),
            detection.replay(collector),
            status,
            collector.health(),
            imports,
            collector.seal(),
            collector.prover(),
            () -> collector.standing(InstantSource.system()),
            config.senders().sources(),
            InstantSource.system(),
            metrics)
        .start();
  }

  private Onboarding onboarding() {
    var people = desk.people();
    return new Onboarding(
        people.agencies(),
        people.tokens(),
        people.certificates(),
        new Arrivals(collector.journal()),
        new TestLine(people.tokens(), () -> Reaching.http(config, bound())),
        () -> Reaching.of(config, Reaching.bound(bound())));
  }

  private int consolePort() {
    return console == null ? config.port(Key.CONSOLE_PORT) : console.port();
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
