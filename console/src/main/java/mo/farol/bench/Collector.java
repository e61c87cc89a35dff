package mo.farol.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mo.farol.event.EventBatch;
import mo.farol.event.Sink;
import mo.farol.flow.Follower;
import mo.farol.identity.Authority;
import mo.farol.identity.Bundle;
import mo.farol.identity.HostNames;
import mo.farol.identity.Identity;
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
 * The collector alone, in a process of its own: received, durable in the journal and parsed,
 * without index or detection. Says on standard output where it listens, {@code key=host:port} a
 * line and an empty one, then how many events it has parsed, until its standard input ends. Its
 * folder gets {@code client}, with which one may come over TLS.
 */
public final class Collector {
  /** The folder of the certificate that its TLS listener takes. */
  static final String CLIENT = "client";

  private static final long TELL_MILLIS = 20;
  private static final Duration DAY = Duration.ofDays(1);
  private static final IngestTokens QUIET_OR_NOISY =
      token ->
          token.equals("quiet") || token.equals(HttpLoad.TOKEN)
              ? Optional.of(token)
              : Optional.empty();

  private Collector() {}

  /**
   * Runs until standard input has something or ends.
   *
   * @param quota events a second of who sends without TLS, 0 no limit
   */
  public static void run(Path folder, long quota) throws IOException, InterruptedException {
    var metrics = new SimpleMeterRegistry();
    var clock = InstantSource.system();
    try (var journal = Journal.open(JournalConfig.in(folder.resolve("journal")), metrics);
        var identity = identity(folder, clock)) {
      journal.start();
      var parsed = new Parsed();
      try (var _ =
              new Follower(journal, new Parser(ParseConfig.defaults()), parsed, metrics).start();
          var intake =
              new Intake(
                  config(quota), journal, QUIET_OR_NOISY, Optional.of(identity), clock, metrics)) {
        var bound = intake.start().bound();
        bound.forEach(
            (key, address) -> System.out.println(key + "=127.0.0.1:" + address.getPort()));
        System.out.println();
        tell(parsed);
      }
    }
  }

  private static Identity identity(Path folder, InstantSource clock) {
    var keys = folder.resolve("keys");
    var authority = Authority.open(keys, clock);
    var bundle = Bundle.made(authority, "quiet", DAY, List.of(authority.certificate()));
    bundle.write(folder.resolve(CLIENT));
    return Identity.open(
            keys,
            HostNames.of("127.0.0.1", Set.of()),
            Optional.empty(),
            () -> List.of(bundle.issued()),
            clock)
        .start();
  }

  private static IntakeConfig config(long quota) {
    return IntakeConfig.local("noisy")
        .withPorts(Map.of(Input.SYSLOG_TCP, 0, Input.SYSLOG_TLS, 0, Input.RELP, 0, Input.HTTP, 0))
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
