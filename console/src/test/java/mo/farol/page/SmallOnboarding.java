package mo.farol.page;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import mo.farol.centre.Desk;
import mo.farol.health.Endings;
import mo.farol.journal.Journal;
import mo.farol.onboard.Arrivals;
import mo.farol.onboard.AtHand;
import mo.farol.onboard.Doors;
import mo.farol.onboard.Onboarding;
import mo.farol.onboard.Reach;
import mo.farol.onboard.TestLine;

/** Onboarding at a centre where nothing listens: a test line goes where the test says. */
final class SmallOnboarding {
  private static final Map<String, Integer> PORTS =
      Map.of(
          "intake.http",
          5580,
          "intake.syslog.tls",
          6514,
          "intake.relp",
          2514,
          "intake.lumberjack",
          5044,
          "intake.syslog.tcp.finance",
          5614);

  /** Where listeners are said to be, by their keys. */
  volatile Map<String, InetSocketAddress> doors = Map.of();

  private final Onboarding onboarding;

  SmallOnboarding(Path home, Desk desk, Journal journal, Endings endings, InstantSource clock) {
    var people = desk.people();
    var testLine =
        new TestLine(
            people.tokens(),
            people.certificates(),
            new AtHand(home.resolve("agencies"), people.certificates(), clock),
            () -> new Doors(doors, "agency-a", false, Set.of()),
            desk.deeds());
    onboarding =
        new Onboarding(
            people.agencies(),
            people.tokens(),
            people.certificates(),
            new Arrivals(journal, Duration.ofSeconds(1)),
            testLine,
            endings,
            () -> new Reach("intake.example", true, Set.of("intake.example"), PORTS, "agency-a"));
  }

  Onboarding onboarding() {
    return onboarding;
  }
}
