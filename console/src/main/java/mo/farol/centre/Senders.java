package mo.farol.centre;

import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import mo.farol.identity.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may send, kept up to date while the listeners are open: commands of other processes issue and
 * revoke beside us.
 */
final class Senders implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Senders.class);
  private static final long LOOK_SECONDS = 2;
  private static final long PUBLISH_HOURS = 24;

  private final Identity identity;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tokens").factory());

  private Senders(Identity identity) {
    this.identity = identity;
  }

  /** Opens and begins to look after them. */
  static Senders open(Config config, Home home, People people, InstantSource clock) {
    var identity =
        Identity.open(
            home.keys(),
            config.senders().listenersNames(),
            config.senders().listenersOwn(),
            people.certificates(),
            clock);
    var senders = new Senders(identity);
    identity.start();
    people.certificates().onChange(identity::refresh);
    people.tokens().refresh();
    senders.every(LOOK_SECONDS, people.tokens()::refresh);
    senders.every(
        TimeUnit.HOURS.toSeconds(PUBLISH_HOURS), people.certificates()::publish); // else it ages
    if (config.text(Key.BIND).matches("0\\.0\\.0\\.0|::")
        && config.text(Key.INTAKE_TLS_NAMES).isBlank()) {
      log.warn(
          "the certificate of the listeners names this machine only: set intake.tls.names to what"
              + " the agencies call it");
    }
    return senders;
  }

  Identity identity() {
    return identity;
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LOOK_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    identity.close();
  }

  /** Does something now and then again and again, until this closes. */
  void every(long seconds, Runnable work) {
    thread.scheduleWithFixedDelay(() -> tried(work), 0, seconds, TimeUnit.SECONDS);
  }

  private static void tried(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) { // the next time is soon
      log.warn("tokens, the revocation list or what is measured of them stay as they were", e);
    }
  }
}
