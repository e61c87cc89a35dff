package mo.farol.health;

import static java.util.stream.Collectors.joining;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import mo.farol.account.Certificate;
import mo.farol.account.Certificates;
import mo.farol.account.Token;
import mo.farol.account.Tokens;
import mo.farol.event.Scope;

/**
 * What ends soon, and what ended and was not taken back: certificates of agencies, tokens, the
 * centre's own certificates. A certificate is told until it is revoked, also beside a successor,
 * for nobody knows which machine still shows it; a token that was replaced is not. Any thread.
 */
public final class Endings {
  /** How long before its end, and after it, a thing is told. */
  public static final Duration SOON = Duration.ofDays(30);

  private static final Duration URGENT = Duration.ofDays(7);
  private static final Duration EVER = Duration.ofDays(40_000);
  private static final int MOST_SERIES = 1_000;

  private final Certificates certificates;
  private final Tokens tokens;
  private final Supplier<List<Ending>> ours;
  private final InstantSource clock;
  private volatile List<Ending> urgent = List.of();

  /**
   * @param ours certificates of the centre itself, whenever they end
   */
  public Endings(
      Certificates certificates, Tokens tokens, Supplier<List<Ending>> ours, InstantSource clock) {
    this.certificates = certificates;
    this.tokens = tokens;
    this.ours = ours;
    this.clock = clock;
  }

  /**
   * What ends within 30 days, or ended in the last 30; first first.
   *
   * @param scope what the reader sees
   * @param operates whether the reader runs the machine: only they see whose programs use the API
   */
  public List<Ending> soon(Scope scope, boolean operates) {
    return within(SOON, SOON).stream()
        .filter(ending -> sees(scope, ending))
        .filter(ending -> operates || ending.kind() != Ending.Kind.ACCESS)
        .toList();
  }

  /** What ends within a week, or ended in the last, as of the last {@link #look}; asks nobody. */
  public List<Ending> urgent() {
    return urgent;
  }

  /** Reads anew what is urgent. */
  public void look() {
    urgent = within(URGENT, URGENT);
  }

  /**
   * Registers {@code farol_health_ending_seconds}; what it says, and what is urgent, is brought up
   * to date by what this gives.
   */
  public Runnable measure(MeterRegistry metrics) {
    var gauges =
        MultiGauge.builder("farol_health_ending_seconds")
            .description("Seconds until the first of a kind ends; negative once it has")
            .register(metrics);
    return () -> {
      look();
      gauges.register(rows(), true);
    };
  }

  private List<MultiGauge.Row<?>> rows() {
    var now = clock.instant();
    Map<Tags, Instant> first = new LinkedHashMap<>();
    for (var ending : within(SOON, EVER)) {
      var tags = Tags.of("what", ending.kind().word(), "agency", ending.agency().orElse(""));
      if (first.size() < MOST_SERIES) {
        first.putIfAbsent(tags, ending.at());
      }
    }
    var rows = new ArrayList<MultiGauge.Row<?>>();
    first.forEach(
        (tags, at) -> rows.add(MultiGauge.Row.of(tags, Duration.between(now, at).toSeconds())));
    return rows;
  }

  private List<Ending> within(Duration before, Duration after) {
    var now = clock.instant();
    var from = now.minus(before);
    var to = now.plus(after);
    var all = new ArrayList<Ending>();
    certificates.ending(from, to).forEach(c -> all.add(ending(c)));
    tokens.ending(from, to).forEach(t -> all.add(ending(t, now)));
    ours.get().stream()
        .filter(ending -> ending.at().isAfter(from) && !ending.at().isAfter(to))
        .forEach(all::add);
    all.sort(Comparator.comparing(Ending::at).thenComparing(Ending::name));
    return List.copyOf(all);
  }

  private static boolean sees(Scope scope, Ending ending) {
    return ending.agency().map(scope::sees).orElseGet(() -> scope instanceof Scope.National);
  }

  private static Ending ending(Certificate c) {
    return new Ending(
        Ending.Kind.CLIENT,
        Optional.of(c.agency()),
        c.serial(),
        c.until(),
        List.of("./farol agency cert " + c.agency(), "./farol agency revoke " + c.serial()));
  }

  private static Ending ending(Token t, Instant now) {
    var at = t.expiresAt().orElse(Instant.MAX);
    boolean sends = t.kind().equals("ingest");
    return new Ending(
        sends ? Ending.Kind.TOKEN : Ending.Kind.ACCESS,
        t.agency(),
        t.id(),
        at,
        sends ? another(t, at.isAfter(now)) : anotherAccess(t));
  }

  // A token that is over can't be replaced any more.
  private static List<String> another(Token t, boolean lasts) {
    String from = t.from().stream().map(network -> " --from " + network).collect(joining());
    String fresh = "./farol agency token " + t.agency().orElse("") + from + lifetime(t);
    return lasts
        ? List.of(fresh + " --replaces " + t.id())
        : List.of(fresh, "./farol token revoke " + t.id());
  }

  private static List<String> anotherAccess(Token t) {
    String role = t.role().map(r -> " --role " + r.toLowerCase(Locale.ROOT)).orElse("");
    String agency = t.agency().map(a -> " --agency " + a).orElse("");
    return List.of(
        "./farol token --user " + t.account().orElse("NAME") + role + agency + lifetime(t),
        "./farol token revoke " + t.id());
  }

  // As long as the old one was meant to last.
  private static String lifetime(Token t) {
    var end = t.expiresAt().orElse(t.createdAt());
    long hours = Math.max(1, Duration.between(t.createdAt(), end).toHours());
    return " --ttl " + (hours % 24 == 0 ? hours / 24 + "d" : hours + "h");
  }
}
