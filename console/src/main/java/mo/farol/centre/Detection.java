package mo.farol.centre;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import mo.farol.event.EventBatch;
import mo.farol.event.Sink;
import mo.farol.flow.Follower;
import mo.farol.silence.SilenceConfig;
import mo.farol.silence.Sources;
import mo.farol.web.LiveEvent;

/** WIP. */
final class Detection implements AutoCloseable {
  private final Follower follower;
  private final Sources sources;

  private Detection(Follower follower, Sources sources) {
    this.follower = follower;
    this.sources = sources;
  }

  static Detection open(Config config, Home home, Collector collector, Desk desk, InstantSource clock, MeterRegistry metrics) {
    var d = SilenceConfig.defaults();
    var sources = new Sources(new SilenceConfig(d.floor(), config.time(Key.SILENCE_CEILING), d.slack(), d.minimumEvents(), Duration.ofMinutes(10), d.sources()), clock);
    Sink sink = new Sink() {
      @Override public String name() { return "detect"; }
      @Override public long next() { return desk.alerts().next(); }
      @Override public void accept(EventBatch batch) { sources.accept(batch); }
      @Override public void pulse(boolean caughtUp) {}
    };
    return new Detection(new Follower(collector.journal(), Collector.parser(), sink, metrics), sources);
  }

  Sources sources() { return sources; }
  long detected() { return follower.next(); }
  void onChange(Consumer<LiveEvent> listener) {}
  void start() { follower.start(); }
  @Override public void close() { follower.close(); }
}
