package mo.farol.app;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.EventBatch;
import mo.farol.event.Sink;
import mo.farol.flow.Follower;
import mo.farol.intake.Input;
import mo.farol.intake.Intake;
import mo.farol.intake.IntakeConfig;
import mo.farol.journal.Journal;
import mo.farol.journal.JournalConfig;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.wire.IngestTokens;
import mo.farol.wire.Quota;
import mo.farol.wire.Quotas;

/**
 * The collector alone, in a process of its own: syslog over TCP received, durable in the journal
 * and parsed, without index or detection. Says on standard output where it listens, then how many
 * events it has parsed, until its standard input ends.
 */
final class BenchCollector {
  private static final long TELL_MILLIS = 20;
  private static final IngestTokens QUIET =
      token -> token.equals("quiet") ? Optional.of(token) : Optional.empty();

  private BenchCollector() {}

  static void run(Path folder, long quota) throws IOException, InterruptedException {
    var metrics = new SimpleMeterRegistry();
    try (var journal = Journal.open(JournalConfig.in(folder), metrics)) {
      journal.start();
      var parsed = new Parsed();
      try (var _ =
              new Follower(journal, new Parser(ParseConfig.defaults()), parsed, metrics).start();
          var intake =
              new Intake(
                  config(quota),
                  journal,
                  QUIET,
                  Optional.empty(),
                  InstantSource.system(),
                  metrics)) {
        var bound = intake.start().bound();
        bound.values().forEach(address -> System.out.println("127.0.0.1:" + address.getPort()));
        tell(parsed);
      }
    }
  }

  private static IntakeConfig config(long quota) {
    return IntakeConfig.local("noisy")
        .withPorts(Map.of(Input.SYSLOG_TCP, 0, Input.HTTP, 0))
        .withQuotas(new Quotas(Quota.NONE, Map.of("noisy", new Quota(quota, 0)), Quota.NONE));
  }

  private static void tell(Parsed parsed) throws IOException, InterruptedException {
    long told = 0;
    while (System.in.available() == 0) {
      long now = parsed.count;
      if (now != told) {
        System.out.println(now);
        told = now;
      }
      Thread.sleep(TELL_MILLIS);
    }
  }

  /** Looks at every event and keeps none. */
  private static final class Parsed implements Sink {
    private volatile long count;
    private long values;

    @Override
    public String name() {
      return "parsed";
    }

    @Override
    public long next() {
      return 0;
    }

    @Override
    public void accept(EventBatch batch) {
      for (int i = batch.first(); i < batch.count(); i++) {
        values += batch.to(i) - batch.from(i);
      }
      count = values > 0 ? batch.nextSequence() : 0;
    }

    @Override
    public void pulse(boolean caughtUp) {
      // no clock
    }
  }
}
